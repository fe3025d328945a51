import { describe, expect, test } from 'vitest'
import { isKinshipError, nearest, unknownName } from '../../src/errors/index.js'

describe('nearest', () => {
  test.each([
    ['titel', ['author', 'title', 'body'], ['title']],
    ['tite', ['author', 'title', 'body'], ['title']],
    ['titlee', ['author', 'title', 'body'], ['title']],
    ['orderby', ['where', 'orderBy', 'limit'], ['orderBy']],
    ['like', ['$eq', '$like', '$ilike', '$in'], ['$like', '$ilike']],
    ['pots', ['posts', 'post', 'groups'], ['posts', 'post']],
    ['xylophone', ['posts', 'groups'], []],
    ['a', [], []],
    ['include', ['where', 'omit', 'populate'], ['populate']],
    ['CASCADE', ['strong', 'soft', 'weak'], ['strong']],
    ['include', ['where', 'includes'], ['includes']],
  ])('of %s among %j is %j', (word, candidates, expected) => {
    expect(nearest(word, candidates)).toEqual(expected)
  })

  test('gives three at most, the best first', () => {
    expect(nearest('field', ['fields', 'fiel', 'yield', 'field2', 'field'])).toEqual([
      'field',
      'fields',
      'fiel',
    ])
  })

  test('two neighbours swapped are one mistake, not two', () => {
    expect(nearest('ab', ['ba', 'xy'])).toEqual(['ba'])
  })
})

describe('unknownName', () => {
  const caught = (word: string, candidates: string[]): unknown => {
    try {
      return unknownName('KIN_UNKNOWN_FIELD', {
        word,
        kind: 'field',
        where: 'model "post"',
        candidates,
        path: `where.${word}`,
      })
    } catch (error) {
      return error
    }
  }

  test('names the word, the place and the nearest right word', () => {
    const error = caught('titel', ['title', 'author'])
    if (!isKinshipError(error, 'KIN_UNKNOWN_FIELD')) throw error
    expect(error.message).toBe('There is no field "titel" in model "post". Did you mean "title"?')
    expect(error.path).toBe('where.titel')
    expect(error.hint).toBe('Known here: title, author.')
    expect(error.details).toEqual({
      word: 'titel',
      kind: 'field',
      where: 'model "post"',
      nearest: ['title'],
      candidates: ['title', 'author'],
    })
  })

  test('offers alternatives where several are near', () => {
    expect(caught('pots', ['posts', 'post'])).toMatchObject({
      message: 'There is no field "pots" in model "post". Did you mean "posts" or "post"?',
    })
  })

  test('guesses nothing where nothing is near', () => {
    expect(caught('xylophone', ['title'])).toMatchObject({
      message: 'There is no field "xylophone" in model "post".',
      hint: 'Known here: title.',
    })
    expect(caught('title', [])).toMatchObject({ hint: 'There are none here.' })
  })
})

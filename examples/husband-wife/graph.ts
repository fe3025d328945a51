import { defineGraph, k } from 'kinship'

/** What happens to the other one: to the wife when the husband is deleted, to the husband when the wife is. */
export interface Ties {
  readonly onDelete: 'strong' | 'soft' | 'weak' | 'dirty' | 'restrict'
  readonly onHolderDelete?: 'strong' | 'soft'
}

/** One husband has one wife and the other way round; the reference is written on the wife. */
export const marriage = (ties: Ties) =>
  defineGraph({
    husband: k.model({ name: k.string() }, { softDelete: true }),
    wife: k.model(
      {
        name: k.string(),
        husband: k
          .one('husband', { inverse: 'wife', ...ties })
          .unique()
          .optional(),
      },
      { softDelete: true },
    ),
  })

export type Marriage = ReturnType<typeof marriage>

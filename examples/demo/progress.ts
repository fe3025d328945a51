import { SingleBar } from 'cli-progress'

/** Shows how far work has come. */
export interface Progress {
  /** @param total how many steps the work has */
  begin(what: string, total: number): void
  advance(steps: number): void
  end(): void
}

/** A bar on a terminal, a line for each piece of work otherwise. */
export function progressOn(stream: NodeJS.WriteStream): Progress {
  return stream.isTTY ? bar(stream) : lines(stream)
}

function bar(stream: NodeJS.WriteStream): Progress {
  let current: SingleBar | undefined
  return {
    begin(what, total) {
      const format = `  ${what.padEnd(12)} {bar} {value}/{total}  {eta_formatted} left`
      current = new SingleBar({
        format,
        stream,
        barsize: 40,
        hideCursor: true,
        fps: 30,
        barCompleteChar: '█',
        barIncompleteChar: '░',
      })
      current.start(total, 0)
    },
    advance: (steps) => current?.increment(steps),
    end: () => current?.stop(),
  }
}

function lines(stream: NodeJS.WriteStream): Progress {
  let name = ''
  let done = 0
  return {
    begin(what) {
      name = what
      done = 0
    },
    advance(steps) {
      done += steps
    },
    end: () => void stream.write(`  ${name.padEnd(12)} ${done}\n`),
  }
}

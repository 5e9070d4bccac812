import { ConflictError, StaleError } from './errors.js';

/** How statements are named that take numbers of a series, or expect a version of a finding: a miss on one means that somebody was quicker. */
export const seriesPrefix = 'series ';
export const versionPrefix = 'version of finding ';
/** And the one that appends to a stream. */
export const streamName = 'stream event';

/** Of n that race for one number, one wins each round: so many rounds serve as many at once. */
const most = 64;

/** Does it again when somebody was quicker with a number, a version or the end of a stream; gives up after sixty-four times, with what the engine said. */
export async function retried<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await attempt();
    } catch (error) {
      if (tries === most || !isRace(error)) throw error;
    }
  }
}

function isRace(error: unknown): boolean {
  if (!(error instanceof StaleError || error instanceof ConflictError)) return false;
  return error.statement.startsWith(seriesPrefix) || error.statement.startsWith(versionPrefix) || error.statement === streamName;
}

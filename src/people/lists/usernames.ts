import { isUsername } from '../name-faults.js';
import { usernameKey } from '../queries.js';

/** User names that could be proposed for somebody, the best first: the name itself, with the unit where another has it, with a number. */
export function candidatesFor(name: string, unit: string): readonly string[] {
  const [own, place] = [plain(name), plain(unit)];
  const numbered = Array.from({ length: 8 }, (_, index) => `${own}${index + 2}`);
  return [own, `${own}.${place}`, ...numbered].filter(isUsername);
}

/** The first that is not taken; taken from then on. Null when all are, or there is none. */
export function proposed(candidates: readonly string[], taken: Set<string>): string | null {
  const free = candidates.find((each) => !taken.has(usernameKey(each)));
  if (free === undefined) return null;
  taken.add(usernameKey(free));
  return free;
}

/** Without what a user name may not hold; half a name would be no name. */
function plain(text: string): string {
  return text.normalize('NFKC').toLowerCase().trim().replaceAll(/\s+/gu, '.').replaceAll(/[^\p{L}\p{N}._-]/gu, '').slice(0, 30);
}

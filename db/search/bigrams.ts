/**
 * Text as overlapping pairs of characters, so that Chinese words of two characters are found, and the last character by itself, so that
 * a single one is found wherever it stands: "整改台账" → "整改 改台 台账 账". Latin words and numbers stay whole, lower-cased. NFKC
 * first, so that full-width and half-width are one.
 */
export function bigrams(text: string): string {
  return runs(text).flatMap((run) => (isIdeographic(run) ? [...pairs(run), lastOf(run)] : [run])).join(' ');
}

/**
 * The FTS5 query that finds texts holding every run of `query`: a phrase of pairs for Chinese, a prefix for other words and for a
 * single character. Null when there is nothing to search for. Whatever is typed becomes quoted tokens: nothing of it is syntax.
 */
export function bigramQuery(query: string): string | null {
  const terms = runs(query).map((run) => {
    if (!isIdeographic(run)) return `"${run}" *`;
    const found = pairs(run);
    return found.length === 0 ? `"${run}" *` : `"${found.join(' ')}"`;
  });
  return terms.length > 0 ? terms.slice(0, 12).join(' AND ') : null;
}

function runs(text: string): readonly string[] {
  return text.normalize('NFKC').toLowerCase().match(/\p{Script=Han}+|[\p{L}\p{N}]+/gu)?.flatMap(split) ?? [];
}

/** A run of letters may hold Chinese characters in its middle ("A栋楼"): each script is a run of its own. */
function split(run: string): readonly string[] {
  return run.match(/\p{Script=Han}+|[^\p{Script=Han}]+/gu) ?? [];
}

function isIdeographic(run: string): boolean {
  return /^\p{Script=Han}/u.test(run);
}

function pairs(run: string): readonly string[] {
  const characters = [...run];
  return characters.slice(0, -1).map((character, index) => character + (characters[index + 1] ?? ''));
}

function lastOf(run: string): string {
  return [...run].at(-1) ?? '';
}

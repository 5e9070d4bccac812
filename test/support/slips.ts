/** The first activation code that a printed page shows. */
export function codeIn(html: string): string {
  return codesIn(html)[0] ?? '';
}

/** Every activation code of a printed page, in its order. */
export function codesIn(html: string): readonly string[] {
  return [...html.matchAll(/>([2-9A-Z]{4}-[2-9A-Z]{4}-[2-9A-Z]{4})</gu)].map(([, code = '']) => code);
}

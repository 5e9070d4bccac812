/** Columns of an imported list that have no place of their own, as [header, text]: nothing of the original is lost. They were written as JSON by the import. */
export function extraOf(json = '{}'): readonly (readonly [header: string, text: string])[] {
  const columns: Readonly<Record<string, string>> = JSON.parse(json);
  return Object.entries(columns).filter(([, text]) => text !== '');
}

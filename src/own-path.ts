/** A path of this site, as an address may be written in a header; "/" for everything else: other hosts in any disguise, and what is no address. */
export function ownPath(path: string): string {
  if (!path.startsWith('/') || !URL.canParse(path, here)) return '/';
  const { origin, pathname, search, hash } = new URL(path, here);
  return origin === here && !pathname.startsWith('//') ? pathname + search + hash : '/';
}

const here = 'http://zhenggai.invalid';

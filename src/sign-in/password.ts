import { hash, verify } from '@node-rs/argon2';

/** argon2id with the library's settings for interactive sign-in (OWASP: 19 MiB, 2 passes), off the main thread. */
export function hashPassword(password: string): Promise<string> {
  return hash(password.normalize('NFKC'), { memoryCost: 19_456, timeCost: 2, parallelism: 1 });
}

/** Does the password belong to the hash? For an unknown name, `stored` is null: the same work is done, and the answer is no. */
export async function isPassword(password: string, stored: string | null): Promise<boolean> {
  decoy ??= hashPassword('nobody has this password');
  const right = await verify(stored ?? (await decoy), password.normalize('NFKC'));
  return right && stored !== null;
}

let decoy: Promise<string> | null = null;

/** What is wrong with a new password; null when it may be taken. */
export function passwordFault(password: string, username: string, old: string | null): string | null {
  if ([...password].length < 10) return 'password.short';
  if (password.length > 200) return 'password.long';
  if (password.toLowerCase().includes(username.toLowerCase())) return 'password.name';
  if (old !== null && password === old) return 'password.same';
  return new Set(password).size < 4 ? 'password.simple' : null;
}

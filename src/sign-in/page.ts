import type { Pages } from '../../views/pages.js';
import type { Words } from '../words.js';
import { textField } from '../forms.js';
import type { Sent } from './sent.js';

/** What the sign-in is asked with: where somebody wanted to go, and what they had sent. */
export interface Asked {
  readonly username: string;
  readonly next: string;
  /** of what was sent nothing is left. */
  readonly lost: boolean;
  /** what was sent, as the form carries it on; '' when there was nothing. */
  readonly sent: string;
  readonly refused: boolean;
}

export function signInPage({ username, next, lost, sent, refused }: Asked, t: Words): Pages['sign-in/show'] {
  return {
    refused: refused ? t('signIn.refused') : null, lost: sent !== '' ? t('signIn.kept') : lost ? t('signIn.lost') : null, next, sent,
    fields: [
      textField({ name: 'username', label: t('signIn.username'), value: username, required: true, autocomplete: 'username' }),
      textField({ name: 'password', label: t('signIn.password'), value: '', required: true, type: 'password', autocomplete: 'current-password' }),
    ],
  };
}

/** Texts shown to be recognised, and letters of each. */
const [mostShown, longest] = [12, 200];

/** What was sent before the sign-in, to be sent again by whoever signed in: they see whose it becomes, and what it says. */
export function sentPage({ path, texts }: Sent, name: string, t: Words): Pages['sign-in/sent'] {
  const typed = texts.map(([, value]) => value.trim()).filter((value) => [...value].length > 3 && /\p{L}/u.test(value) && !/^[\w-]{20,}$/u.test(value));
  return {
    text: t('signIn.sent', { name }), action: path, texts: texts.map(([field, value]) => ({ name: field, value })),
    shown: typed.slice(0, mostShown).map((value) => ([...value].length > longest ? `${[...value].slice(0, longest).join('')}…` : value)),
  };
}

import type { FastifyRequest } from 'fastify';
import type { Badge, Pages } from '../../views/pages.js';
import { localTime } from '../clock.js';
import type { House } from '../context.js';
import { textField } from '../forms.js';
import type { UnitTree } from '../organisation/tree.js';
import type { Words } from '../words.js';
import { mostTries } from './activate.js';
import type { Slip } from './issue.js';
import { isValid, type NotIn } from './waiting.js';

type Typed = Readonly<Record<'username' | 'code' | 'next' | 'again', string>>;
export type ActivationFaults = Partial<Record<keyof Typed, string>>;

/** The page on which somebody opens their account; passwords never come back. */
export function activationPage(t: Words, { username, code }: Pick<Typed, 'username' | 'code'>, faults: ActivationFaults, refused: string | null): Pages['activation/show'] {
  const secret = { value: '', required: true, type: 'password', autocomplete: 'new-password' } as const;
  const fields = [
    textField({ name: 'username', label: t('signIn.username'), value: username, required: true, autocomplete: 'username', error: faults.username ?? null }),
    textField({ name: 'code', label: t('activation.code'), value: code, required: true, autocomplete: 'one-time-code', hint: t('activation.codeHint'), error: faults.code ?? null }),
    textField({ ...secret, name: 'next', label: t('password.next'), hint: t('password.rule'), error: faults.next ?? null }),
    textField({ ...secret, name: 'again', label: t('password.again'), error: faults.again ?? null }),
  ];
  const items = fields.flatMap((field) => (field.error ? [{ href: `#${field.id}`, text: t('activation.fault', { label: field.label, text: field.error }) }] : []));
  return { refused, fields, faults: items.length > 0 ? { title: t('form.faults', { count: items.length }), items } : null };
}

/** The sheets: unit by unit in the order of the tree, each on a page of its own. */
export function slipsPage(house: House, request: FastifyRequest, slips: readonly Slip[], tree: UnitTree, t: Words, back: string): Pages['activation/slips'] {
  const address = `${request.protocol}://${request.host}/activation`;
  const unitOf = ({ posts }: Slip): number => posts[0]?.unitId ?? 0;
  const order = [...new Set(slips.map(unitOf))].toSorted((one, other) => positionOf(one, tree) - positionOf(other, tree));
  return {
    title: t('activation.printed', { count: slips.length }), back,
    units: order.map((unitId) => ({
      unit: tree.unit(unitId)?.name ?? '',
      slips: slips.filter((slip) => unitOf(slip) === unitId).map((slip) => ({
        name: slip.person.name, unit: tree.unit(unitId)?.name ?? '', post: postsIn(slip.posts, tree, t), username: slip.person.username, code: slip.code, address,
        until: localTime(house.clock.zone, slip.expiresAt), tries: t('activation.tries', { count: mostTries }),
      })),
    })),
  };
}

/** Who has not come in yet, by unit; those of one list with every unit chosen. */
export function waitingPage(house: House, { rows, more }: { readonly rows: readonly NotIn[]; readonly more: boolean }, tree: UnitTree, t: Words, { after, through, fault, again }: { readonly after: number; readonly through?: number; readonly fault: string | null; readonly again: boolean }): Pages['activation/waiting'] {
  const units = [...new Set(rows.map(({ unitId }) => unitId))].toSorted((one, other) => positionOf(one, tree) - positionOf(other, tree));
  const last = rows.at(-1);
  return {
    total: t('activation.waitingTotal', { count: rows.length, more: more ? '+' : '' }), after: String(after), through: through === undefined ? '' : String(through), fault, again,
    next: more && last ? `/people/slips?${new URLSearchParams({ after: String(last.person.id), ...(through === undefined ? {} : { through: String(through) }) }).toString()}` : null,
    units: units.map((id) => {
      const here = rows.filter(({ unitId }) => unitId === id);
      return {
        id: String(id), chosen: through !== undefined, unit: tree.unit(id)?.name ?? '', amount: t('activation.people', { count: here.length }),
        people: here.map((each) => ({ name: each.person.name, href: `/people/${each.person.id}`, username: each.person.username, posts: postsIn(each.posts, tree, t), state: stateOf(house, each, t) })),
      };
    }),
  };
}

function stateOf(house: House, { slip }: NotIn, t: Words): Badge {
  if (slip === null) return { label: t('activation.none'), tone: 'quiet' };
  const date = localTime(house.clock.zone, slip.expiresAt);
  if (slip.tries >= mostTries) return { label: t('activation.spent'), tone: 'bad' };
  return isValid(slip, house.clock.now()) ? { label: t('activation.valid', { date }), tone: 'info' } : { label: t('activation.expired', { date }), tone: 'warn' };
}

function postsIn(posts: Slip['posts'], tree: UnitTree, t: Words): string {
  return posts.map((post) => `${tree.short(post.unitId)} ${t(`role.${post.role}`)}`).join(t('list.and'));
}

function positionOf(unitId: number, tree: UnitTree): number {
  return tree.all.findIndex((unit) => unit.id === unitId);
}

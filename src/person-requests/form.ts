import type { Field } from '../../views/pages.js';
import type { Refusal } from '../../workflows/types.js';
import type { Person } from '../context.js';
import { InvalidError } from '../errors.js';
import { unitChoices } from '../findings/fields.js';
import { bodyText, choice, longField, selectField, textField } from '../forms.js';
import type { Unit, UnitTree } from '../organisation/tree.js';
import { sentenceOf } from '../refusals.js';
import type { Words } from '../words.js';
import type { Asked } from './commands.js';

const roles: readonly Asked['role'][] = ['handler', 'head', 'office', 'sector', 'inspector', 'leader'];
/** Who may ask: those who work at the unit, and the office that looks after it. */
const askers: readonly string[] = ['office', 'handler', 'head', 'sector'];
/** Characters. */
const longest = { name: 40, phone: 40, note: 200 } as const;

/** Units for which somebody may ask: their own with those below it, an office's jurisdiction. */
export function unitsAsked(person: Pick<Person, 'posts'>, tree: UnitTree): readonly Unit[] {
  const own = person.posts.filter(({ role }) => askers.includes(role)).map(({ role, unitId }) => (role === 'office' ? tree.jurisdictionOf(unitId) : unitId));
  return tree.all.filter((unit) => unit.disabledOn === null && own.some((id) => tree.within(unit.id, id)));
}

/** As typed. Throws InvalidError with every fault. */
export function requestFrom(body: unknown, units: readonly Unit[]): Asked {
  const text = (name: keyof typeof longest): string => bodyText(body, name);
  const unit = units.find(({ id }) => String(id) === bodyText(body, 'unitId'));
  const role = roles.find((each) => each === bodyText(body, 'role'));
  const wrong: readonly Refusal[] = [
    ...(unit ? [] : [fault('field.required', 'unitId', 'requestUnit')]), ...(role ? [] : [fault('field.required', 'role', 'requestRole')]), ...(text('name') === '' ? [fault('field.required', 'name', 'personName')] : []),
    ...(['name', 'phone', 'note'] as const).flatMap((name) => ([...text(name)].length > longest[name] ? [fault('field.tooLong', name, name === 'name' ? 'personName' : name, { max: longest[name], length: [...text(name)].length })] : [])),
  ];
  if (!unit || !role || wrong.length > 0) throw new InvalidError(wrong);
  return { unitId: unit.id, role, name: text('name'), phone: text('phone'), note: text('note') };
}

/** The fields, with what was typed or what the address proposes. */
export function requestFields(units: readonly Unit[], tree: UnitTree, typed: unknown, refusals: readonly Refusal[], t: Words): readonly Field[] {
  const value = (name: string): string => bodyText(typed, name);
  const error = (name: string): string | null => refusals.filter((refusal) => refusal.field === name).map((refusal) => sentenceOf(refusal, t)).join(' ') || null;
  return [
    textField({ name: 'name', label: t('field.personName'), value: value('name'), required: true, error: error('name') }),
    selectField({ name: 'unitId', label: t('field.requestUnit'), required: true, error: error('unitId'), choices: unitChoices(units, [value('unitId')], tree, t) }),
    selectField({ name: 'role', label: t('field.requestRole'), required: true, error: error('role'), choices: roles.map((role) => choice(role, t(`role.${role}`), value('role') === role)) }),
    textField({ name: 'phone', label: t('field.phone'), value: value('phone'), error: error('phone') }),
    longField({ name: 'note', label: t('field.note'), value: value('note'), hint: t('personRequest.noteHint'), error: error('note') }),
  ];
}

function fault(rule: string, field: string, name: string, params: Refusal['params'] = {}): Refusal {
  return { rule, kind: 'input', params: { name, ...params }, field };
}

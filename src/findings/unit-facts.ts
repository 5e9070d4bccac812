import type { EventDefinition, FieldDefinition, UnitFacts, UnitFit } from '../../workflows/event.js';
import type { FindingContext } from '../../workflows/finding.js';
import type { Unit, UnitTree } from '../organisation/tree.js';

/** What the units are that the data of an event names: a unit that is not there has no entry, one that may do nothing an empty one. */
export function unitFactsOf(definition: EventDefinition, data: Readonly<Record<string, unknown>>, context: FindingContext, tree: UnitTree): UnitFacts {
  const ids = new Set(definition.fields.flatMap((field) => idsIn(field, data[field.name])));
  return Object.fromEntries([...ids].flatMap((id) => {
    const unit = tree.unit(id);
    return unit ? [[String(id), fitsOf(unit, context, tree)]] : [];
  }));
}

/** For what a unit may be chosen, by where it stands in the tree. */
export function fitsOf(unit: Unit, { hostOfficeId, leadUnitId, supportingUnitIds, checkUnitId }: Pick<FindingContext, 'hostOfficeId' | 'leadUnitId' | 'supportingUnitIds' | 'checkUnitId'>, tree: UnitTree): readonly UnitFit[] {
  if (unit.disabledOn !== null || unit.kind === 'team' || unit.kind === 'superior') return [];
  const underHost = unit.parentId !== null && tree.within(unit.id, tree.jurisdictionOf(hostOfficeId));
  const underLead = leadUnitId !== null && tree.within(unit.id, leadUnitId);
  const underChecker = checkUnitId !== null && unit.id !== checkUnitId && tree.within(unit.id, tree.jurisdictionOf(checkUnitId)) && unit.id !== tree.jurisdictionOf(checkUnitId);
  const isOffice = unit.kind === 'office';
  return [
    'unit',
    ...(underHost && !isOffice ? ['rectifier' as const] : []), ...(underHost && unit.id !== hostOfficeId ? ['checker' as const] : []),
    ...(underLead || supportingUnitIds.includes(unit.id) ? ['owner' as const] : []),
    ...(underLead && !isOffice && unit.id !== leadUnitId ? ['belowLead' as const] : []), ...(underChecker && !isOffice ? ['belowChecker' as const] : []),
  ];
}

function idsIn(field: FieldDefinition, value: unknown): readonly number[] {
  const of = (held: unknown): readonly number[] => (typeof held === 'number' ? [held] : []);
  const inRows = (column: string): readonly number[] => (Array.isArray(value) ? value.flatMap((row: unknown) => of(typeof row === 'object' && row !== null ? Reflect.get(row, column) : undefined)) : []);
  if (field.kind === 'unit') return of(value);
  if (field.kind === 'units') return Array.isArray(value) ? value.flatMap(of) : [];
  if (field.kind === 'measures') return inRows('ownerUnitId');
  return field.kind === 'parts' ? inRows('unitId') : [];
}

import type { Badge, LightView, Tone } from '../../views/pages.js';
import type { Stage } from '../../workflows/finding.js';
import { lightOf, type Light, type Lit } from '../deadlines/light.js';
import type { Words } from '../words.js';

const signs: Readonly<Record<Light, string>> = { green: '●', yellow: '▲', red: '■', none: '' };
const tones: Readonly<Record<Light, Tone>> = { green: 'good', yellow: 'warn', red: 'bad', none: 'quiet' };

/** The light with its words: colour alone says nothing to some eyes and to a printer, and each colour has a shape of its own. Not every office's fonts have the emoji. */
export function lightView(finding: Parameters<typeof lightOf>[0], today: string, t: Words): LightView {
  const lit = lightOf(finding, today);
  return { sign: signs[lit.light], tone: tones[lit.light], label: labelOf(lit, finding, t) };
}

/** The light of a visit is that of its own day, whatever the finding's deadline is. */
export function visitLight({ dueOn, rectificationType }: Pick<Parameters<typeof lightOf>[0], 'dueOn' | 'rectificationType'>, today: string, t: Words): LightView {
  return lightView({ stage: 'verifying', dueOn, paused: false, rectificationType }, today, t);
}

function labelOf({ light, days }: Lit, { paused, dueOn }: Parameters<typeof lightOf>[0], t: Words): string {
  if (days !== null) return days < 0 ? t('light.over', { days: -days }) : days === 0 ? t('light.today') : t('light.left', { days });
  if (light === 'none' && paused) return t('light.paused');
  return dueOn === null ? t('light.no') : '';
}

const stageTones: Readonly<Partial<Record<Stage, Tone>>> = { closed: 'good', verified: 'good', suspected: 'quiet', listed: 'warn', continuing: 'info', suspended: 'warn', unfounded: 'quiet', merged: 'quiet', transferred: 'quiet', withdrawn: 'quiet' };

/** The state in words, toned by its stage. */
export function stateBadge(state: string, stage: Stage, t: Words): Badge {
  return { label: t(`state.${state}`), tone: stageTones[stage] ?? 'info' };
}

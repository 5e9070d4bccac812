import { localTime } from '../clock.js';
import type { Words } from '../words.js';
import { weekdayOf } from './periods.js';

/** "5月14日（周四）12:00": an instant as people say it, in the house's zone. */
export function momentOf(instant: string, zone: string, t: Words): string {
  const [date = '', time = ''] = localTime(zone, instant).split(' ');
  return t('reporting.moment', { month: t(`month.${Number(date.slice(5, 7))}`), day: Number(date.slice(8, 10)), weekday: t(`weekday.${weekdayOf(date)}`), time });
}

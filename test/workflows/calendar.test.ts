import { describe, expect, it } from 'vitest';
import { calendarDaysAfter, daysBetween, isWorkingDay, plusDays, workingDaysAfter, yearsAfter } from '../../workflows/calendar.js';
import { calendar } from './cast.js';

describe('working days around Labour Day 2020', () => {
  it('counting starts the day after, and "within" includes the last day', () => {
    expect(workingDaysAfter('2020-05-11', 3, calendar)).toEqual({ date: '2020-05-14', certain: true });
    expect(workingDaysAfter('2020-05-11', 1, calendar).date).toBe('2020-05-12');
  });

  it('holidays are left out and make-up days count', () => {
    expect(workingDaysAfter('2020-04-30', 1, calendar).date).toBe('2020-05-06');
    expect(workingDaysAfter('2020-05-08', 1, calendar).date).toBe('2020-05-09');
    expect(workingDaysAfter('2020-04-30', 5, calendar).date).toBe('2020-05-11');
    expect(isWorkingDay('2020-04-26', calendar)).toBe(true);
  });

  it('a calendar period that ends on a day off rolls to the next working day', () => {
    expect(calendarDaysAfter('2020-04-26', 5, calendar).date).toBe('2020-05-06');
    expect(calendarDaysAfter('2020-05-11', 7, calendar).date).toBe('2020-05-18');
  });

  it('a year that is not loaded is said: weekends alone were used', () => {
    expect(workingDaysAfter('2027-05-10', 3, calendar)).toEqual({ date: '2027-05-13', certain: false });
    expect(workingDaysAfter('2020-12-31', 1, calendar)).toEqual({ date: '2021-01-01', certain: false });
  });
});

describe('dates are dates', () => {
  it('across leap days, months and years, whatever zone the machine is in', () => {
    expect(plusDays('2020-02-28', 1)).toBe('2020-02-29');
    expect(plusDays('2020-12-31', 1)).toBe('2021-01-01');
    expect(plusDays('2020-03-01', -1)).toBe('2020-02-29');
    expect(daysBetween('2020-02-28', '2020-03-01')).toBe(2);
    expect(daysBetween('2020-03-01', '2020-02-28')).toBe(-2);
    expect([yearsAfter('2020-02-29', 1), yearsAfter('2020-02-29', 4), yearsAfter('2020-05-11', 5)]).toEqual(['2021-02-28', '2024-02-29', '2025-05-11']);
  });
});

import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { people } from '../../db/schema/index.js';
import { plusDays } from '../../workflows/calendar.js';
import type { Clock } from '../clock.js';
import type { House, Person } from '../context.js';
import { act, type NewEvidence } from '../findings/commands/act.js';
import { listFindings } from '../findings/commands/list.js';
import { peopleQueries } from '../people/queries.js';
import type { DemoFinding } from './findings.js';
import type { DemoPlaces } from './organisation.js';

/** The day of the newspaper report: the demonstration's business date. */
export const demoDate = '2020-05-11';

/** Plays the histories: people of the cast act at scripted times through the same commands that pages use. */
export class Theatre {
  private readonly cast = new Map<string, Person>();

  constructor(readonly house: House, readonly places: DemoPlaces) {}

  async load(): Promise<void> {
    const queries = peopleQueries(this.house.db.reader);
    for (const { id, username } of await this.house.db.reader.select({ id: people.id, username: people.username }).from(people)) {
      const person = await queries.person(id, demoDate);
      if (person) this.cast.set(username, person);
    }
  }

  async list(finding: DemoFinding, date: string, sourceId: number, originalNumber: string): Promise<string> {
    const data = { title: finding.title, description: `${finding.title}，影响工作成效，需限期整改。`, severity: finding.major ? 'major' : 'ordinary', requirement: finding.measures.join('；'), closureStandard: finding.standard };
    const one = { data, adopted: false, sourceId, originalNumber, verbatim: finding.title, campaignId: this.places.campaign.rectification, categoryId: this.places.category[finding.category] ?? null };
    const [number = ''] = await listFindings(this.at(date, 9), this.person('office'), [one], { commandKey: randomUUID() });
    return number;
  }

  async assign(number: string, finding: DemoFinding, start: string, deadline: string, responsibleUnitIds: readonly number[] = []): Promise<void> {
    await this.does('office', plusDays(start, 2), number, 'ASSIGN', {
      leadUnitId: this.places.unit[finding.unit], requirement: finding.measures.join('；'), closureStandard: finding.standard, deadline,
      rectificationType: finding.course === 'closedImmediately' ? 'immediate' : 'staged', supervisor: '市办经办乙', ...(finding.major ? { leadLeader: '市牵头领导' } : {}), ...(responsibleUnitIds.length > 0 ? { responsibleUnitIds } : {}),
    });
    await this.does(finding.unit, plusDays(start, 3), number, 'ACCEPT', { responsible: '经办甲' });
  }

  async claim(number: string, finding: DemoFinding, date: string): Promise<void> {
    const text = `演示材料：${finding.title}\n整改情况报告（演示·非公文）\n`;
    const stored = await this.house.files.put(Readable.from([Buffer.from(text)]), 1_000_000);
    const file: NewEvidence = { id: randomUUID(), kind: 'document', name: '整改情况报告（演示）.txt', mediaType: 'text/plain', size: stored.size, sha256: stored.sha256 };
    await this.does(finding.unit, date, number, 'CLAIM', { text: `${finding.title}已整改到位，达到“${finding.standard}”。`, checklist: { measuresDone: true, standardMet: true, effectLasting: true, rulesMade: true, evidenceComplete: true } }, [file]);
  }

  async does(username: string, date: string, number: string, event: string, data: Readonly<Record<string, unknown>> = {}, files: readonly NewEvidence[] = []): Promise<void> {
    await act(this.at(date, 10), this.person(username), { number, event, data, seen: null, onBehalf: null, files }, randomUUID());
  }

  at(date: string, hour: number): House {
    const occurring = `${date}T${String(hour - 8).padStart(2, '0')}:00:00.000Z`;
    const clock: Clock = { zone: this.house.clock.zone, now: () => this.house.clock.now(), occurring: () => occurring, today: () => date };
    return { ...this.house, clock };
  }

  person(username: string): Person {
    const person = this.cast.get(username);
    if (!person) throw new Error(`Nobody in the demonstration is called ${username}.`);
    return person;
  }

  id(username: string): number {
    return this.person(username).id;
  }
}

import i18next, { type i18n } from 'i18next';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../db/root.js';
import type { Language } from './context.js';

/** A sentence by its key, with values to put in. */
export type Words = (key: string, params?: Readonly<Record<string, unknown>>) => string;

export const languages: readonly Language[] = Object.freeze(['zh-CN', 'en']);

/** The words of a language. A key that is missing is shown as itself and reported by the tests, which know every key. */
export function words(language: Language): Words {
  return said[language];
}

/** Sentences kept per language; then it begins anew. */
const most = 10_000;

/** A key with the same values is the same sentence every time: i18next takes 20 µs to find it, and a page asks three hundred times. */
function speaker(language: Language): Words {
  const found = all[language];
  const told = new Map<string, string>();
  return (key, params) => {
    const asked = params ? key + JSON.stringify(params) : key;
    const known = told.get(asked);
    if (known !== undefined) return known;
    const sentence = params ? found.t(key, { ...params }) : found.t(key);
    if (told.size >= most) told.clear();
    if (asked.length < 1000) told.set(asked, sentence);
    return sentence;
  };
}

/** Does the language have this sentence? */
export function hasWord(language: Language, key: string): boolean {
  return all[language].exists(key);
}

/** Every key of a language, for the tests. */
export function wordKeys(language: Language): readonly string[] {
  return Object.keys(read(language));
}

const all: Readonly<Record<Language, i18n>> = Object.freeze({ 'zh-CN': instance('zh-CN'), en: instance('en') });

const said: Readonly<Record<Language, Words>> = Object.freeze({ 'zh-CN': speaker('zh-CN'), en: speaker('en') });

function instance(language: Language): i18n {
  const made = i18next.createInstance();
  // Inside, a code without a region: i18next canonicalises one with a region anew on every call.
  const lng = language === 'zh-CN' ? 'zh' : language;
  void made.init({
    lng, fallbackLng: false, showSupportNotice: false, load: 'currentOnly', initAsync: false, keySeparator: false, nsSeparator: false,
    // The templates escape; a word that escapes too would show &amp;.
    interpolation: { escapeValue: false },
    resources: { [lng]: { translation: read(language) } },
  });
  return made;
}

function read(language: Language): Readonly<Record<string, string>> {
  const folder = join(packageRoot, 'views/locales', language);
  const merged: Record<string, string> = {};
  for (const name of readdirSync(folder).filter((file) => file.endsWith('.json')).sort()) {
    const entries: Readonly<Record<string, string>> = JSON.parse(readFileSync(join(folder, name), 'utf8'));
    for (const [key, value] of Object.entries(entries)) {
      if (key in merged) throw new Error(`The word ${key} stands twice in ${folder}.`);
      merged[key] = value;
    }
  }
  return merged;
}

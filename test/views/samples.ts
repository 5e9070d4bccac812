import { assetHref } from '../../src/plugins/assets.js';
import { words } from '../../src/words.js';
import type { Frame, Pages } from '../../views/pages.js';
import { arrival } from './samples/arrival.js';
import { findings } from './samples/findings.js';
import { handoutSamples } from './samples/handout.js';
import { lists } from './samples/lists.js';
import { meetings } from './samples/meetings.js';
import { reporting } from './samples/reporting.js';
import { shell } from './samples/shell.js';
import { verification } from './samples/verification.js';

/** One full model of every page. A page without one does not compile: add it to its area's file. */
export const samples: Pages = { ...arrival, ...findings, ...handoutSamples, ...lists, ...meetings, ...reporting, ...shell, ...verification };

/** What stands around the samples, with everything in it. */
export function sampleFrame(language: Frame['language'] = 'zh-CN'): Frame {
  const t = words(language);
  return {
    language, title: t('nav.ledger'), path: '/findings', csrf: 'token', person: { name: '办公室甲', posts: t('role.office') }, navigation: [{ href: '/', label: t('nav.workbench'), current: false }, { href: '/findings', label: t('nav.ledger'), current: true }], more: [{ href: '/rules', label: t('nav.rules'), current: false }],
    search: true, flash: t('flash.listed', { number: 'ZG-2020-0001' }), banner: t('house.demo'), today: '2020-05-11', styles: [assetHref('bootstrap.css'), assetHref('app.css')], script: assetHref('app.js'), otherLanguage: { code: 'en', label: 'English' },
  };
}

import type { FastifyReply, FastifyRequest } from 'fastify';
import fp from 'fastify-plugin';
import Handlebars from 'handlebars';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { packageRoot } from '../../db/root.js';
import type { Frame, Pages } from '../../views/pages.js';
import type { Language } from '../context.js';
import { languages, words } from '../words.js';

declare module 'fastify' {
  interface FastifyReply {
    /** Renders a page in the reader's language, in the layout. The model's type is that of the page's name. */
    page<Name extends keyof Pages>(name: Name, title: string, model: Pages[Name], status?: number): FastifyReply;
  }
}

/** Renders pages: one Handlebars per language, every template compiled at the start (@fastify/view has one instance for all languages). */
export const viewsPlugin = fp((app, { frame }: { frame: (request: FastifyRequest, reply: FastifyReply, title: string) => Frame }, done) => {
  app.decorateReply('page', function page(this: FastifyReply, name, title, model, status = 200) {
    const html = render(name, model, frame(this.request, this, title));
    // What was refused, or done to many, may be come back to: without its page the browser says that it has lost it.
    return this.code(status).type('text/html; charset=utf-8').header('cache-control', status === 422 || name.startsWith('bulk/') ? 'private, no-cache' : 'no-store').send(html);
  });
  done();
}, { name: 'views' });

/** The whole page as HTML. */
export function render<Name extends keyof Pages>(name: Name, model: Pages[Name], frame: Frame): string {
  const templates = compiled(frame.language);
  const body = templatesOf(templates, name)({ ...model, csrf: frame.csrf });
  return templatesOf(templates, 'layouts/main')({ ...frame, body });
}

/** A component alone, for the tests. */
export function renderComponent(language: Language, name: string, model: object): string {
  return templatesOf(compiled(language), `components/${name}`)(model);
}

type Templates = ReadonlyMap<string, Handlebars.TemplateDelegate>;
const byLanguage = new Map<Language, Templates>();

function compiled(language: Language): Templates {
  const known = byLanguage.get(language);
  if (known) return known;
  const made = compileAll(language);
  byLanguage.set(language, made);
  return made;
}

function compileAll(language: Language): Templates {
  const engine = Handlebars.create();
  const t = words(language);
  engine.registerHelper('t', (key: string, options: Handlebars.HelperOptions) => t(key, options.hash));
  const sources = templateFiles();
  const options = { strict: true, knownHelpersOnly: true, explicitPartialContext: true, knownHelpers: { t: true } };
  for (const [name, source] of sources) if (name.startsWith('components/')) engine.registerPartial(name.slice('components/'.length), engine.compile(source, options));
  return new Map([...sources].map(([name, source]) => [name, engine.compile(source, options)]));
}

/** Every template by its name, e.g. "findings/show". */
export function templateFiles(): ReadonlyMap<string, string> {
  const folder = join(packageRoot, 'views');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.hbs')).sort();
  return new Map(files.map((file) => [relative('.', file).replaceAll('\\', '/').replace(/\.hbs$/u, ''), readFileSync(join(folder, file), 'utf8')]));
}

function templatesOf(templates: Templates, name: string): Handlebars.TemplateDelegate {
  const template = templates.get(name);
  if (!template) throw new Error(`There is no template views/${name}.hbs.`);
  return template;
}

/** Compiles everything now, so that the first page is as quick as the second. */
export function warmUp(): void {
  for (const language of languages) compiled(language);
}

import Handlebars from 'handlebars';
import { templateFiles } from '../../src/plugins/views.js';

/** A template seen against a model of its page: the paths that the model has not, and the rows that were looked at or, their list being empty, were not. */
export function walked(template: string, model: object): { readonly faults: readonly string[]; readonly seen: readonly string[]; readonly unseen: readonly string[] } {
  const walk = { faults: new Set<string>(), seen: new Set<string>(), unseen: new Set<string>(), template, file: template };
  program(parsed(template), [model], walk);
  return { faults: [...walk.faults], seen: [...walk.seen], unseen: [...walk.unseen] };
}

/** Every word that a template asks for by name. */
export function wordsOf(template: string): readonly string[] {
  const found: string[] = [];
  const visitor = new (class extends Handlebars.Visitor {
    override MustacheStatement(statement: hbs.AST.MustacheStatement): void { note(statement); super.MustacheStatement(statement); }
    override SubExpression(expression: hbs.AST.SubExpression): void { note(expression); super.SubExpression(expression); }
  })();
  const note = ({ path, params }: Pick<hbs.AST.MustacheStatement, 'path' | 'params'>): void => {
    if (isPath(path) && path.original === 't' && isText(params[0])) found.push(params[0].value);
  };
  visitor.accept(parsed(template));
  return found;
}

/** Helpers that a template uses to decide something beyond "is it there" and "for each". */
export function decisionsOf(template: string): readonly string[] {
  const found: string[] = [];
  const visitor = new (class extends Handlebars.Visitor {
    override MustacheStatement(statement: hbs.AST.MustacheStatement): void { if (statement.params.length > 0 || statement.hash as unknown) note(statement, ['t']); super.MustacheStatement(statement); }
    override SubExpression(expression: hbs.AST.SubExpression): void { note(expression, ['t']); super.SubExpression(expression); }
    override BlockStatement(statement: hbs.AST.BlockStatement): void { note(statement, ['if', 'unless', 'each']); super.BlockStatement(statement); }
  })();
  const note = ({ path }: { readonly path: hbs.AST.Node }, allowed: readonly string[]): void => {
    if (!isPath(path) || !allowed.includes(path.original)) found.push(nameOf(path));
  };
  visitor.accept(parsed(template));
  return found;
}

interface Walk {
  readonly faults: Set<string>;
  readonly seen: Set<string>;
  readonly unseen: Set<string>;
  /** the page and the components on the way. */
  readonly template: string;
  /** the template that is walked now. */
  readonly file: string;
}
type Scope = readonly unknown[];

const sources = templateFiles();
const trees = new Map<string, hbs.AST.Program>();
function parsed(template: string): hbs.AST.Program {
  const source = sources.get(template);
  if (source === undefined) throw new Error(`There is no template views/${template}.hbs.`);
  const tree = trees.get(template) ?? Handlebars.parse(source);
  trees.set(template, tree);
  return tree;
}

function program(tree: hbs.AST.Program | undefined, scope: Scope, walk: Walk): void {
  for (const statement of tree?.body ?? []) {
    if (isMustache(statement)) expression(statement, scope, walk);
    if (isBlock(statement)) block(statement, scope, walk);
    if (isPartial(statement)) partial(statement, scope, walk);
  }
}

/** `{{name}}`, `{{t "key" date=today}}`: helpers' parameters are looked up, plain names are looked up themselves. */
function expression({ path, params, hash }: Pick<hbs.AST.MustacheStatement, 'path' | 'params' | 'hash'>, scope: Scope, walk: Walk): void {
  if (params.length === 0 && !hash) { value(path, scope, walk); return; }
  for (const each of [...params, ...((hash as hbs.AST.Hash | undefined)?.pairs ?? []).map((pair) => pair.value)]) value(each, scope, walk);
}

function block({ path, params, program: inner, inverse, loc }: hbs.AST.BlockStatement, scope: Scope, walk: Walk): void {
  const held = value(params[0], scope, walk);
  if (!isPath(path) || path.original !== 'each') { program(inner, scope, walk); program(inverse, scope, walk); return; }
  if (!Array.isArray(held)) { walk.faults.add(`${walk.template}: "${nameOf(params[0])}" is no list`); return; }
  (held.length === 0 ? walk.unseen : walk.seen).add(`${walk.file}.hbs:${loc.start.line}:${loc.start.column} "${nameOf(params[0])}"`);
  for (const item of held) program(inner, [item, ...scope], walk);
  program(inverse, scope, walk);
}

function partial({ name, params, hash }: hbs.AST.PartialStatement, scope: Scope, walk: Walk): void {
  const component = isPath(name) ? name.original : '';
  const given = params[0] === undefined ? {} : value(params[0], scope, walk);
  if (given === null || given === undefined) { walk.faults.add(`${walk.template}: the sample leaves "${nameOf(params[0])}" empty`); return; }
  const named = Object.fromEntries(((hash as hbs.AST.Hash | undefined)?.pairs ?? []).map((pair) => [pair.key, value(pair.value, scope, walk)]));
  program(parsed(`components/${component}`), [{ ...given, ...named }], { ...walk, template: `${walk.template} → ${component}`, file: `components/${component}` });
}

/** What an expression stands for in the sample; a path that is not there is a fault. */
function value(node: hbs.AST.Expression | undefined, scope: Scope, walk: Walk): unknown {
  if (isText(node)) return node.value;
  if (node?.type === 'SubExpression') { expression(node as hbs.AST.SubExpression, scope, walk); return 'words'; }
  if (!isPath(node)) return undefined;
  let held = scope[node.depth];
  for (const part of node.parts) {
    if (typeof held !== 'object' || held === null || !(part in held)) { walk.faults.add(`${walk.template}: "${node.original}" is not in the model`); return undefined; }
    held = Reflect.get(held, part);
  }
  return held;
}

const nameOf = (node: hbs.AST.Expression | undefined): string => (isPath(node) ? node.original : '?');
const isPath = (node: hbs.AST.Node | undefined): node is hbs.AST.PathExpression => node?.type === 'PathExpression';
const isText = (node: hbs.AST.Node | undefined): node is hbs.AST.StringLiteral => node?.type === 'StringLiteral';
const isMustache = (node: hbs.AST.Node): node is hbs.AST.MustacheStatement => node.type === 'MustacheStatement';
const isBlock = (node: hbs.AST.Node): node is hbs.AST.BlockStatement => node.type === 'BlockStatement';
const isPartial = (node: hbs.AST.Node): node is hbs.AST.PartialStatement => node.type === 'PartialStatement';

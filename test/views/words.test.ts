import Handlebars from 'handlebars';
import { expect, test } from 'vitest';
import { templateFiles } from '../../src/plugins/views.js';
import { wordKeys } from '../../src/words.js';

test('both languages have the same words', () => {
  const [chinese, english] = [new Set(wordKeys('zh-CN')), new Set(wordKeys('en'))];
  expect([...chinese].filter((key) => !english.has(key))).toEqual([]);
  expect([...english].filter((key) => !chinese.has(key))).toEqual([]);
});

test.each([...templateFiles()])('every word of %s is there, and it decides nothing', (name, source) => {
  const known = new Set(wordKeys('zh-CN'));
  const tree = Handlebars.parse(source);
  const visitor = new (class extends Handlebars.Visitor {
    readonly missing: string[] = [];
    readonly helpers: string[] = [];

    override MustacheStatement(statement: hbs.AST.MustacheStatement): void {
      const path = statement.path as hbs.AST.PathExpression;
      if (path.original === 't') {
        const [key] = statement.params;
        if (key?.type === 'StringLiteral' && !known.has((key as hbs.AST.StringLiteral).value)) this.missing.push((key as hbs.AST.StringLiteral).value);
      } else if (statement.params.length > 0) this.helpers.push(String(path.original));
      super.MustacheStatement(statement);
    }

    override BlockStatement(statement: hbs.AST.BlockStatement): void {
      this.helpers.push(...([String(statement.path.original)].filter((helper) => !['if', 'unless', 'each'].includes(helper))));
      super.BlockStatement(statement);
    }
  })();
  visitor.accept(tree);
  expect(visitor.missing).toEqual([]);
  expect(visitor.helpers).toEqual([]);
  if (name !== 'layouts/main') expect(source).not.toContain('{{{');
});

// Compiles to dist/. On a production machine (npm ci --omit=dev) there is no compiler: what was built before is used.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const built = existsSync(join(root, 'dist/src/cli.js'));
const compiler = findCompiler();

if (compiler) {
  const { status } = spawnSync(process.execPath, [compiler, '-p', join(root, 'tsconfig.json')], { stdio: 'inherit' });
  process.exit(status ?? 1);
}
if (!built) {
  console.error('There is no dist/ and no compiler here. Run "npm ci && npm run build" once where the development packages are installed, and copy dist/ over.');
  process.exit(1);
}

function findCompiler() {
  try {
    return createRequire(import.meta.url).resolve('typescript/bin/tsc');
  } catch {
    return null;
  }
}

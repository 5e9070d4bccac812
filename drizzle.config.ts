import type { Config } from 'drizzle-kit';

export const config = { dialect: 'sqlite', schema: './db/schema/index.ts', out: './db/migrations' } satisfies Config;

// drizzle-kit reads a default export; nothing else in the house has one.
export { config as default };

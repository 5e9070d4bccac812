import { resolve } from 'node:path';

/** Everything that can be set from outside. The only file that reads the environment. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** IANA name of the zone in which days are reckoned. */
  readonly zone: string;
  /** Names under which the server may be addressed, without ports; anything else is answered with 421. */
  readonly hosts: readonly string[];
  readonly trustProxy: boolean;
  readonly secureCookies: boolean;
  readonly idleMinutes: number;
  /** after which everybody signs in again, however busy they are. */
  readonly sessionHours: number;
  readonly uploadLimit: number;
  readonly logLevel: string;
  readonly development: boolean;
  /** what the console speaks. */
  readonly language: 'zh-CN' | 'en';
}

/** Thrown when settings are wrong: all of them at once, each with what it must be. */
export class ConfigError extends Error {
  constructor(readonly faults: readonly string[]) {
    super(`These settings cannot be used:\n${faults.map((fault) => `  - ${fault}`).join('\n')}`);
    this.name = 'ConfigError';
  }
}

/** Reads and checks every setting at once. Throws ConfigError naming every fault. */
export function readConfig(defaults: { readonly dataDir?: string } = {}, environment: Readonly<Record<string, string | undefined>> = process.env): Config {
  const faults: string[] = [];
  const whole = (name: string, usual: number, from: number, to: number): number => {
    const value = Number(environment[name] ?? usual);
    if (!Number.isInteger(value) || value < from || value > to) faults.push(`${name} must be a whole number from ${from} to ${to}, not "${environment[name] ?? ''}".`);
    return value;
  };
  const yesNo = (name: string): boolean => {
    const value = environment[name] ?? 'no';
    if (!['yes', 'no', 'true', 'false', '1', '0'].includes(value)) faults.push(`${name} must be yes or no, not "${value}".`);
    return ['yes', 'true', '1'].includes(value);
  };
  const host = environment['HOST'] ?? '127.0.0.1';
  const zone = environment['ZONE'] ?? 'Asia/Shanghai';
  if (!isZone(zone)) faults.push(`ZONE must be the name of a time zone such as Asia/Shanghai, not "${zone}".`);
  const logLevel = environment['LOG_LEVEL'] ?? 'info';
  if (!levels.includes(logLevel)) faults.push(`LOG_LEVEL must be one of ${levels.join(', ')}, not "${logLevel}".`);
  const config = {
    host, zone, logLevel, port: whole('PORT', 3000, 0, 65_535), dataDir: resolve(environment['DATA_DIR'] ?? defaults.dataDir ?? 'data'),
    hosts: [...new Set(['localhost', '127.0.0.1', '[::1]', host, ...(environment['ALLOWED_HOSTS'] ?? '').split(',').map((each) => each.trim().toLowerCase()).filter(Boolean)])],
    trustProxy: yesNo('TRUST_PROXY'), secureCookies: yesNo('SECURE_COOKIES'), idleMinutes: whole('SESSION_IDLE_MINUTES', 60, 5, 1440), sessionHours: whole('SESSION_HOURS', 12, 1, 168),
    uploadLimit: whole('UPLOAD_LIMIT_MB', 50, 1, 2048) * 1024 * 1024, development: environment['NODE_ENV'] === 'development',
    language: /^en/iu.test(environment['LC_ALL'] ?? environment['LANG'] ?? '') ? 'en' as const : 'zh-CN' as const,
  };
  if (faults.length > 0) throw new ConfigError(faults);
  return Object.freeze(config);
}

const levels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

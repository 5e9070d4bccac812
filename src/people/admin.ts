import type { FastifyRequest } from 'fastify';
import { ForbiddenError } from '../errors.js';
import { languageOf } from '../plugins/people.js';
import { words, type Words } from '../words.js';
import type { AdministrationScope } from './scope.js';

/** Administrators of everything only: units, campaigns, categories. Answers with the words of their language. */
export function forAdmin(request: FastifyRequest): Words {
  if (!request.administers?.whole) throw new ForbiddenError('only an administrator of everything');
  return words(languageOf(request));
}

/** Administrators of any part: people and posts. What they may reach is the scope, and every path asks it. */
export function forPeopleAdmin(request: FastifyRequest): { readonly scope: AdministrationScope; readonly t: Words } {
  if (!request.administers) throw new ForbiddenError('only an administrator');
  return { scope: request.administers, t: words(languageOf(request)) };
}

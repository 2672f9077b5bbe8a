// The server's own words, from its OpenAPI document, under the names that this page uses. `npm run types` makes schema.d.ts of it.

import type { components } from './schema';

type Schemas = components['schemas'];

/** What is not there is left out by the server, never null. */
type Present<T> = { [K in keyof T]: Exclude<T[K], null> };

/** Every limit, as the server decides it. */
export type Limits = { [K in keyof Schemas['LimitsSpec']]-?: number };
export type LimitName = keyof Limits;

export type Language = Omit<Present<Schemas['LanguageInfo']>, 'limits'> & { limits?: Partial<Limits> };

export interface Languages {
  languages: string[];
  details: Language[];
}

export interface PhaseLimits {
  defaults: Limits;
  ceilings: Limits;
}

export type ServerLimits = Omit<Schemas['Ceilings'], 'run' | 'compile'> & { run: PhaseLimits; compile: PhaseLimits };

export type Encoding = Schemas['Encoding'];
export type SourceFile = Schemas['SourceFile'];
export type RunRequest = Pick<Schemas['JobSpec'], 'language' | 'entrypoint' | 'stdin' | 'args'> & {
  files: SourceFile[];
  limits?: Partial<Limits>;
  tty?: Schemas['WindowSize'];
};

export type PhaseName = Schemas['Phase'];
export type StreamName = keyof Schemas['Streams'];
export type Breach = Schemas['Breach'];
export type Outcome = Schemas['Outcome'];
/** The kinds of end that a limit is behind. */
export type BreachKind = Extract<Outcome, Breach>['kind'];
export type Usage = Schemas['Usage'];
export type StreamInfo = Schemas['StreamInfo'];
export type PhaseReport = Schemas['PhaseReport'];
export type Report = Schemas['Report'];

/** Why the server refused a request, or could not finish it. */
export type Problem = Omit<Present<Schemas['Problem']>, 'type'> & { type?: string };

type Failed = { type: 'failed' };
export type RunEvent = Exclude<Schemas['Numbered'], Failed> | (Failed & { seq: number; problem: Problem });

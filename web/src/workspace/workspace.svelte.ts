// The program that is being written: its language, files, input and limits. Kept across reloads, one for each language.
import type { Language, SourceFile } from '../api/types';
import { fallbackFile, fallbackSample } from '../languages/samples';
import { decodeProgram, fragmentOf } from '../share/link';
import { freeName } from './file-names';
import type { LimitChoices, Program } from './program';
import { forgetProgram, loadPreference, loadProgram, loadShared, savePreference, saveProgram, saveShared } from './storage';

const SAVE_AFTER_MS = 300;

/** A file, with an identity that survives a rename. */
export interface OpenFile extends SourceFile {
  id: number;
}

export class Workspace {
  language = $state('');
  files = $state<OpenFile[]>([]);
  /** The id of the file in the editor. */
  active = $state(0);
  /** The id of the file that is started. */
  entry = $state(0);
  stdin = $state('');
  args = $state('');
  limits = $state<LimitChoices>({});
  /** The link's fragment, while the program is one that was opened from a link. */
  sharedFrom = $state<string>();
  /** Counts the changes of the program that did not come from the editor's keys. */
  generation = $state(0);

  #languages = $state.raw<Language[]>([]);
  #nextId = 1;
  #saveTimer: ReturnType<typeof setTimeout> | undefined;

  get activeFile(): OpenFile | undefined {
    return this.files.find((file) => file.id === this.active);
  }

  get fileNames(): string[] {
    return this.files.map((file) => file.name);
  }

  /** The language's description by the server. */
  get details(): Language | undefined {
    return this.#languages.find((language) => language.id === this.language);
  }

  snapshot(): Program {
    const entry = this.files.find((file) => file.id === this.entry) ?? this.files[0];
    return {
      language: this.language,
      files: this.files.map(({ name, content, encoding }) => ({ name, content, ...(encoding === 'base64' && { encoding }) })),
      entrypoint: entry?.name ?? '',
      stdin: this.stdin,
      args: this.args,
      limits: { ...this.limits },
    };
  }

  /** Opens what the address asks for, else the language of last time, else the first that can be run. */
  async open(languages: Language[], fragment: string): Promise<'own' | 'shared' | 'broken-link'> {
    this.#languages = languages;
    const shared = fragmentOf(fragment);
    if (shared !== undefined) {
      const program = loadShared(shared) ?? (await decodeProgram(shared));
      if (program) {
        this.#show(program);
        this.sharedFrom = shared;
        return 'shared';
      }
    }
    const last = languages.find((language) => language.id === loadPreference('language') && language.available);
    const first = last ?? languages.find((language) => language.available) ?? languages[0];
    if (first) this.choose(first.id);
    return shared === undefined ? 'own' : 'broken-link';
  }

  /** Switches to a language, and to the program that was last written in it. */
  choose(language: string) {
    this.flush();
    this.sharedFrom = undefined;
    savePreference('language', language);
    this.#show(loadProgram(language) ?? this.#sample(language));
  }

  /** Replaces the language's program by the sample. */
  startAfresh() {
    forgetProgram(this.language);
    this.sharedFrom = undefined;
    this.#show(this.#sample(this.language));
  }

  /** Makes the program that came with a link the one that is kept for its language. */
  keepShared() {
    this.sharedFrom = undefined;
    savePreference('language', this.language);
    this.touch();
  }

  get hasOwnProgram(): boolean {
    return loadProgram(this.language) !== undefined;
  }

  edit(id: number, content: string) {
    const file = this.files.find((file) => file.id === id);
    if (!file || file.content === content) return;
    file.content = content;
    this.touch();
  }

  add(file: SourceFile): OpenFile {
    const added = { ...file, name: freeName(file.name, this.fileNames), id: this.#nextId++ };
    this.files.push(added);
    this.active = added.id;
    this.touch();
    return added;
  }

  rename(id: number, name: string) {
    const file = this.files.find((file) => file.id === id);
    if (file) file.name = name;
    this.touch();
  }

  remove(id: number) {
    const at = this.files.findIndex((file) => file.id === id);
    if (at < 0 || this.files.length === 1) return;
    this.files.splice(at, 1);
    const neighbour = this.files[Math.min(at, this.files.length - 1)]!.id;
    if (this.active === id) this.active = neighbour;
    if (this.entry === id) this.entry = this.files[0]!.id;
    this.touch();
  }

  /** To be called after every change: it is kept a moment later. */
  touch() {
    clearTimeout(this.#saveTimer);
    this.#saveTimer = setTimeout(() => this.flush(), SAVE_AFTER_MS);
  }

  /** Keeps what has not been kept yet. */
  flush() {
    if (this.#saveTimer === undefined) return;
    clearTimeout(this.#saveTimer);
    this.#saveTimer = undefined;
    if (this.sharedFrom === undefined) saveProgram(this.snapshot());
    else saveShared(this.sharedFrom, this.snapshot());
  }

  #sample(language: string): Program {
    const details = this.#languages.find((one) => one.id === language);
    const name = details?.file ?? fallbackFile(language, details?.extensions[0]);
    const content = details?.sample ?? fallbackSample(language);
    return { language, files: [{ name, content }], entrypoint: name, stdin: '', args: '', limits: {} };
  }

  #show(program: Program) {
    this.language = program.language;
    this.files = program.files.map((file) => ({ ...file, id: this.#nextId++ }));
    this.entry = (this.files.find((file) => file.name === program.entrypoint) ?? this.files[0]!).id;
    this.active = this.entry;
    this.stdin = program.stdin;
    this.args = program.args;
    this.limits = { ...program.limits };
    this.generation++;
  }
}

import { randomUUID } from 'node:crypto';

/** A project: a name and an id. */
export interface Project {
  readonly id: string;
  readonly name: string;
}

/** The projects of a server. */
export class Projects {
  readonly #byName = new Map<string, Project>();

  /** The project with this name; creates it if there is none. */
  named(name: string): Project {
    const known = this.#byName.get(name);
    if (known !== undefined) return known;
    const project = { id: randomUUID(), name };
    this.#byName.set(name, project);
    return project;
  }

  has(id: string): boolean {
    return [...this.#byName.values()].some((project) => project.id === id);
  }
}

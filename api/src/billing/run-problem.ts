/** What a run could not do and why; kept with the run. */
export interface RunProblem {
  readonly code: string;
  readonly urn?: string;
  readonly pence?: number;
}

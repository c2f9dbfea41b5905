/** An answer that is no success, as the engine words it: `{"message": …}`. */
export class Refusal extends Error {
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.name = "Refusal";
    this.status = status;
  }
}

/** What an engine says about a write based on an old version, whatever the object (swarm-facts §4). */
export function outOfSequence(): Refusal {
  return new Refusal(500, "rpc error: code = Unknown desc = update out of sequence");
}

/** Tells the user what a player does: a line of text, or of JSON with the same facts. */
export type Say = (what: string, facts?: Record<string, unknown>) => void;

const plain = (value: unknown): string => (typeof value === 'object' ? JSON.stringify(value) : String(value));

/** Says it for the player `who`, on standard output. */
export function speaker(who: string, json: boolean): Say {
  return (what, facts = {}) => {
    if (json) {
      const stringify = (_: string, value: unknown) => (typeof value === 'bigint' ? value.toString() : value);
      console.log(JSON.stringify({ who, what, ...facts }, stringify));
      return;
    }
    const details = Object.entries(facts).map(([name, value]) => `${name} ${plain(value)}`);
    console.log(`${who}: ${what}${details.length > 0 ? ` (${details.join(', ')})` : ''}`);
  };
}

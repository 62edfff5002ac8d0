/** The classes by which gas is reported: a step costs what its witness is long, which the class decides. */
export const instructionClasses = ['ALU', 'mul/div', 'branch/jump', 'load', 'store', 'syscall'] as const;
export type InstructionClass = (typeof instructionClasses)[number];

/** Class of an instruction by its mnemonic in the MIPS manual. */
export function instructionClass(mnemonic: string): InstructionClass {
  const name = mnemonic.toLowerCase();
  if (/^(syscall|break|t(eq|ge|lt|ne)i?u?)$/.test(name)) return 'syscall';
  if (/^(l[bhw]u?|lw[lr]|ll)$/.test(name)) return 'load';
  if (/^(s[bhwc]|sw[lr])$/.test(name)) return 'store';
  if (/^(mul|multu?|divu?|m(add|sub)u?)$/.test(name)) return 'mul/div';
  if (/^(b|j)/.test(name)) return 'branch/jump';
  return 'ALU';
}

export interface GasSample {
  transactionGas: number;
  executionGas: number;
}

interface Spread {
  min: number;
  median: number;
  max: number;
}

function spread(values: number[]): Spread {
  const sorted = [...values].sort((a, b) => a - b);
  return { min: sorted[0]!, median: sorted[sorted.length >> 1]!, max: sorted[sorted.length - 1]! };
}

/** Collects gas samples and prints them by class. */
export class GasReport {
  private readonly samples = new Map<InstructionClass, GasSample[]>();

  add(mnemonic: string, sample: GasSample): void {
    const name = instructionClass(mnemonic);
    const samples = this.samples.get(name);
    if (samples) samples.push(sample);
    else this.samples.set(name, [sample]);
  }

  /** The most that a transaction of a class took; 0 where none occurred. */
  worstTransaction(name: InstructionClass): number {
    return Math.max(0, ...(this.samples.get(name) ?? []).map((sample) => sample.transactionGas));
  }

  /** A table with one line per class that occurred. */
  table(): string {
    const lines = [
      'class        steps   transaction gas (min median max)   execution gas (min median max)',
    ];
    for (const name of instructionClasses) {
      const samples = this.samples.get(name);
      if (!samples) continue;
      const columns = (value: Spread) => [value.min, value.median, value.max].map((n) => String(n).padStart(9)).join('');
      const transaction = columns(spread(samples.map((s) => s.transactionGas)));
      const execution = columns(spread(samples.map((s) => s.executionGas)));
      lines.push(`${name.padEnd(12)}${String(samples.length).padStart(6)}     ${transaction}      ${execution}`);
    }
    return lines.join('\n');
  }
}

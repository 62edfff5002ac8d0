import type { InstructionClass } from '../../../dispute/src/gasReport.js';

/**
 * What a step may cost as a transaction of its own, up to code depth 11 and memory depth 15. Optimism's 32-bit Cannon
 * step measured the same way takes 101,000 to 103,000.
 */
export const transactionLimits: Record<InstructionClass, number> = {
  ALU: 46_000,
  'mul/div': 46_000,
  'branch/jump': 46_000,
  load: 67_000,
  store: 67_000,
  syscall: 46_000,
};

/** What any step may cost inside a larger transaction, at those depths. */
export const executionLimit = 12_000;

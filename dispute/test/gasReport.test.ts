import assert from 'node:assert/strict';
import { test } from 'node:test';
import { GasReport, instructionClass } from '../src/gasReport.js';

const classes = {
  ALU: 'addu addiu lui slt sltiu sll srav seb seh movn movz mfhi mflo mthi mtlo clz ext ins wsbh rotr sync synci pref',
  'mul/div': 'mul mult multu madd maddu msub msubu div divu',
  'branch/jump': 'beq bne blez bgtz bltz bgezal beql bltzall j jal jr jalr jr.hb jalr.hb',
  load: 'lb lbu lh lhu lw lwl lwr ll',
  store: 'sb sh sw swl swr sc',
  syscall: 'syscall break teq tne tgeu tlti tltiu',
};

for (const [name, mnemonics] of Object.entries(classes)) {
  test(`${name} instructions`, () => {
    for (const mnemonic of mnemonics.split(' ')) assert.equal(instructionClass(mnemonic), name, mnemonic);
  });
}

test('a report gives least, median and greatest of each class that occurred', () => {
  const report = new GasReport();
  for (const gas of [50, 10, 40]) report.add('addu', { transactionGas: 1000 + gas, executionGas: gas });
  report.add('lw', { transactionGas: 7, executionGas: 6 });
  const lines = report.table().split('\n').map((line) => line.trim().split(/\s+/));
  assert.deepEqual(lines.slice(1), [
    ['ALU', '3', '1010', '1040', '1050', '10', '40', '50'],
    ['load', '1', '7', '7', '7', '6', '6', '6'],
  ]);
});

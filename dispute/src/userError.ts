/** A failure that is not our own mistake: says what is wrong, where, and what to do. Tools print it in one line. */
export class UserError extends Error {}

/** Runs a command line tool: a UserError becomes one line on stderr; everything else is a bug and keeps its trace. */
export async function runTool(main: () => Promise<number>): Promise<void> {
  try {
    process.exitCode = await main();
  } catch (error) {
    if (!(error instanceof UserError)) throw error;
    console.error(`error: ${error.message}`);
    process.exitCode = 1;
  }
}

/*===- Loop.c - Single steps from any state, under qemu-mipsel
 * -------------===//
 *
 * A signal handler may set all registers at once, and sees all of them: it puts
 * an instruction somewhere, sets up the state before it, returns, and is called
 * again by the break behind the instruction, or by what the instruction raises.
 * The steps are the file steps.bin; their outcomes go to standard output. Both
 * are described in QemuStepsTest.cpp.
 *
 *===----------------------------------------------------------------------===*/

typedef unsigned int u32;
typedef unsigned long long u64;

enum { memoryWords = 5, gprs = 32 };

struct Step {
  u32 pc, word, hi, lo, gpr[gprs];
  u32 address[memoryWords], content[memoryWords];
};
struct Outcome {
  u32 signal, pc, hi, lo, gpr[gprs], content[memoryWords];
};
extern const struct Step steps[], stepsEnd[];

/* Loop.ld says where these are. All code is breaks where no step stands. */
__asm__(".section .window, \"aw\"\n .space 0x2000\n"
        ".section .code0, \"awx\"\n .fill 0x1000, 4, 0xd\n"
        ".section .code1, \"awx\"\n .fill 0x800, 4, 0xd\n"
        ".section .code2, \"awx\"\n .fill 0x800, 4, 0xd\n"
        ".section .code4, \"awx\"\n .fill 0x800, 4, 0xd\n"
        ".section .rodata\n .balign 4\n"
        ".globl steps\nsteps: .incbin \"steps.bin\"\n"
        ".globl stepsEnd\nstepsEnd:\n"
        ".text\n");

/* Of Linux for the O32 ABI: struct ucontext up to HI and LO, and the numbers
   of its system calls and signals. */
struct Context {
  u32 flags, link, stack[3], padding;
  u32 regmask, status;
  u64 pc, gpr[gprs], fpr[32];
  u32 acx, fpcCsr, fpcEir, usedMath, dsp, morePadding;
  u64 hi, lo;
};
enum {
  sysExit = 4001,
  sysWrite = 4004,
  sysSigaction = 4194,
  sysSigaltstack = 4206
};
enum { sigIll = 4, sigTrap = 5, sigFpe = 8, sigBus = 10, sigSegv = 11 };
enum { saSiginfo = 8, saNodefer = 0x40000000, saOnstack = 0x08000000 };

static long systemCall(long number, long a, long b, long c, long d) {
  register long v0 __asm__("$2") = number;
  register long a0 __asm__("$4") = a;
  register long a1 __asm__("$5") = b;
  register long a2 __asm__("$6") = c;
  register long a3 __asm__("$7") = d;
  __asm__ volatile("syscall"
                   : "+r"(v0), "+r"(a3)
                   : "r"(a0), "r"(a1), "r"(a2)
                   : "memory", "$1", "$3", "$8", "$9", "$10", "$11", "$12",
                     "$13", "$14", "$15", "$24", "$25", "hi", "lo");
  return v0;
}

static const struct Step *step; /* the one under way; null before the first */

/* Writing to code makes qemu translate it again, so only what changes. */
static void placeCode(u32 pc, u32 first, u32 second) {
  volatile u32 *code = (volatile u32 *)pc;
  if (code[0] != first)
    code[0] = first;
  if (code[1] != second)
    code[1] = second;
}

static void report(int signal, const struct Context *context) {
  struct Outcome outcome;
  outcome.signal = (u32)signal;
  outcome.pc = (u32)context->pc;
  outcome.hi = (u32)context->hi;
  outcome.lo = (u32)context->lo;
  for (int i = 0; i < gprs; ++i)
    outcome.gpr[i] = (u32)context->gpr[i];
  for (int i = 0; i < memoryWords; ++i)
    outcome.content[i] = *(volatile u32 *)step->address[i];
  for (int i = 0; i < memoryWords; ++i)
    *(volatile u32 *)step->address[i] = 0;
  systemCall(sysWrite, 1, (long)&outcome, sizeof outcome, 0);
}

static void begin(const struct Step *next, struct Context *context) {
  enum { breakWord = 0xd, nop = 0 };
  if (step && step->pc != next->pc)
    placeCode(step->pc, breakWord, breakWord);
  step = next;
  placeCode(step->pc, step->word, nop);
  for (int i = 0; i < memoryWords; ++i)
    *(volatile u32 *)step->address[i] = step->content[i];
  context->pc = step->pc;
  context->hi = step->hi;
  context->lo = step->lo;
  for (int i = 0; i < gprs; ++i)
    context->gpr[i] = (u64)(long long)(int)step->gpr[i];
}

static void handle(int signal, void *info, struct Context *context) {
  if (step)
    report(signal, context);
  const struct Step *next = step ? step + 1 : steps;
  if (next == stepsEnd)
    systemCall(sysExit, 0, 0, 0, 0);
  begin(next, context);
}

static char handlerStack[65536];

void __start(void) {
  struct {
    void *begin;
    u32 size, flags;
  } stack = {handlerStack, sizeof handlerStack, 0};
  systemCall(sysSigaltstack, (long)&stack, 0, 0, 0);
  struct {
    u32 flags;
    void *handler;
    u32 mask[4];
    u32 reserved;
  } action = {saSiginfo | saOnstack | saNodefer, (void *)handle, {0}, 0};
  static const int signals[] = {sigIll, sigTrap, sigFpe, sigBus, sigSegv};
  for (int i = 0; i < 5; ++i)
    systemCall(sysSigaction, signals[i], (long)&action, 0, sizeof action.mask);
  __asm__ volatile("break");
}

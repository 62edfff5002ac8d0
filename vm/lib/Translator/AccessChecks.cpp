//===- AccessChecks.cpp - Checks of data addresses in one block -----------===//

#include "AccessChecks.h"
#include "llvm/ADT/bit.h"
#include <algorithm>

using namespace opml::vm;
using llvm::Value;

/// Of offsets in one range, so that none of its addresses wraps around.
static constexpr int64_t maxDistance = 1 << 16;

static int64_t modulo(int64_t value, unsigned powerOfTwo) {
  return value & (powerOfTwo - 1);
}

//===- Collecting ---------------------------------------------------------===//

void AccessChecks::addSite(llvm::BasicBlock *block, llvm::BasicBlock *stay,
                           llvm::BasicBlock *leave) {
  endBlock(block);
  sites.push_back({block, stay, leave, {}});
}

bool AccessChecks::isKnownAt(size_t site, Value *value) const {
  auto *instruction = llvm::dyn_cast<llvm::Instruction>(value);
  if (!instruction)
    return true;
  auto found = knownFrom.find(instruction->getParent());
  return found != knownFrom.end() && found->second <= site;
}

/// Takes a constant that is added off the value.
static bool splitSum(Value *&value, uint32_t &constant) {
  auto *sum = llvm::dyn_cast<llvm::BinaryOperator>(value);
  if (!sum || sum->getOpcode() != llvm::Instruction::Add)
    return false;
  for (unsigned i : {0, 1})
    if (auto *number = llvm::dyn_cast<llvm::ConstantInt>(sum->getOperand(i))) {
      constant += uint32_t(number->getZExtValue());
      value = sum->getOperand(1 - i);
      return true;
    }
  return false;
}

AccessChecks::Access AccessChecks::check(Value *address, unsigned bytes) {
  Value *base = address;
  uint32_t offset = 0;
  while (splitSum(base, offset))
    ;
  if (auto *number = llvm::dyn_cast<llvm::ConstantInt>(base)) {
    offset += uint32_t(number->getZExtValue());
    base = llvm::ConstantInt::get(base->getType(), 0);
  }
  for (size_t i = 0; i < sites.size(); ++i)
    if (isKnownAt(i, base))
      return checkAt(sites[i], base, int32_t(offset), bytes);
  return {};
}

/// Both must be true of one base; what that means for the range.
static void addAlignment(AccessChecks::Range &range, int32_t offset,
                         unsigned bytes) {
  unsigned smaller = std::min(bytes, range.alignment);
  if (modulo(offset, smaller) != modulo(range.residue, smaller))
    range.alwaysFails = true;
  if (bytes > range.alignment) {
    range.alignment = bytes;
    range.residue = unsigned(modulo(offset, bytes));
  }
}

AccessChecks::Access AccessChecks::checkAt(Site &site, Value *base,
                                           int32_t offset, unsigned bytes) {
  auto fits = [&](const Range &range) {
    return range.base == base &&
           std::max<int64_t>(range.last, offset) -
                   std::min<int64_t>(range.first, offset) <
               maxDistance;
  };
  auto range = std::ranges::find_if(site.ranges, fits);
  if (range == site.ranges.end()) {
    range = site.ranges.insert(range, Range());
    range->base = base;
    range->first = range->last = offset;
    // The offsets are put in at the end.
    llvm::Type *i64 = llvm::Type::getInt64Ty(base->getContext());
    Value *zero = llvm::ConstantInt::get(base->getType(), 0);
    range->lowest = llvm::BinaryOperator::CreateAdd(base, zero, "", site.block);
    range->lowest64 = new llvm::ZExtInst(range->lowest, i64, "", site.block);
    range->base64 = llvm::BinaryOperator::CreateSub(
        range->lowest64, llvm::ConstantInt::get(i64, 0), "", site.block);
    range->pointer = llvm::GetElementPtrInst::Create(
        llvm::Type::getInt8Ty(base->getContext()), frame.memory,
        {range->base64}, "", site.block);
  }
  range->first = std::min<int64_t>(range->first, offset);
  range->last = std::max<int64_t>(range->last, offset);
  addAlignment(*range, offset, bytes);
  return {&*range, offset};
}

static Value *addressOf(Builder &B, const AccessChecks::Access &access) {
  return B.CreateAdd(access.range->base64,
                     B.getInt64(uint64_t(int64_t(access.offset))));
}

Value *AccessChecks::pointer(Builder &B, const Access &access) {
  return B.CreateConstGEP1_64(B.getInt8Ty(), access.range->pointer,
                              uint64_t(int64_t(access.offset)));
}

//===- Marks of written pages ---------------------------------------------===//

void AccessChecks::addStore(const Access &access) {
  access.range->stores.push_back(access.offset);
}

void AccessChecks::markPages(Builder &B) {
  for (Site &site : sites)
    for (Range &range : site.ranges)
      markPages(B, range);
}

/// Marks as few stores' pages as mark them all: between two addresses at most a
/// page apart there is no page but theirs.
void AccessChecks::markPages(Builder &B, Range &range) {
  std::vector<int32_t> &stores = range.stores;
  std::ranges::sort(stores);
  for (size_t i = 0; i < stores.size();) {
    Value *page =
        B.CreateLShr(addressOf(B, {&range, stores[i]}), Memory::pageBits);
    Value *mark = B.CreateSub(page, B.getInt64(Memory::marksBefore));
    B.CreateStore(B.getInt8(1),
                  B.CreateInBoundsGEP(B.getInt8Ty(), frame.memory, mark))
        ->setMetadata(llvm::LLVMContext::MD_tbaa, frame.marks);
    int64_t reach = int64_t(stores[i]) + Memory::pageBytes;
    size_t next = i + 1;
    while (next + 1 < stores.size() && stores[next + 1] <= reach)
      ++next;
    while (next < stores.size() && stores[next] == stores[i])
      ++next;
    i = next;
  }
  stores.clear();
}

//===- Tests --------------------------------------------------------------===//

/// Fills in the offsets. Returns what has a bit of outsideMemory set if and
/// only if an address of the range is misaligned or outside.
static Value *testedBits(Builder &B, AccessChecks::Range &range) {
  auto roundDown = [&](int64_t offset) {
    return offset - modulo(offset - range.residue, range.alignment);
  };
  int64_t first = roundDown(range.first), last = roundDown(range.last);
  // Where nothing lies below the base, it is tested itself, which saves an
  // addition. A base outside the memory with all accesses inside, possible only
  // by wrapping around, is left to the interpreter.
  if (first >= 0 && range.residue == 0)
    first = 0;
  range.lowest->setOperand(1, B.getInt32(uint32_t(first)));
  range.base64->setOperand(1, B.getInt64(uint64_t(first)));
  if (last == first)
    return range.lowest64;
  Value *highest = B.CreateAdd(range.lowest64, B.getInt64(last - first));
  return B.CreateOr(range.lowest64, highest);
}

void AccessChecks::finishSite(Builder &B, Site &site) {
  B.SetInsertPoint(site.block);
  Value *tested[3] = {}, *outside = nullptr;
  auto addBits = [&](Value *&all, Value *more) {
    all = all ? B.CreateOr(all, more) : more;
  };
  bool alwaysFails = false;
  for (Range &range : site.ranges) {
    addBits(tested[llvm::countr_zero(range.alignment)], testedBits(B, range));
    alwaysFails |= range.alwaysFails;
  }
  for (unsigned i = 0; i < std::size(tested); ++i)
    if (tested[i])
      addBits(outside,
              B.CreateAnd(tested[i],
                          loadConstantField(
                              B, frame, B.getInt64Ty(),
                              offsetof(GuestState, outsideMemory) + 8 * i)));
  if (alwaysFails)
    B.CreateBr(site.leave);
  else if (outside)
    branchUnlikely(B, B.CreateIsNotNull(outside), site.leave, site.stay);
  else
    B.CreateBr(site.stay);
}

void AccessChecks::finish(Builder &B) {
  for (Site &site : sites)
    finishSite(B, site);
}

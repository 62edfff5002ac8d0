//===- RegisterFlow.cpp - Registers between the blocks of a region --------===//

#include "RegisterFlow.h"
#include "llvm/ADT/STLExtras.h"
#include "llvm/ADT/bit.h"

using namespace opml::vm;

/// A loop of more blocks spends its time elsewhere than in writing registers.
static constexpr unsigned maxLoopBlocks = 16;
/// If a loop uses no more than these, the host has registers for all of them.
static constexpr int hostRegisters = 10;

RegisterFlow::RegisterFlow(const GuestBlocks &blocks,
                           llvm::ArrayRef<uint32_t> entries)
    : blocks(blocks) {
  for (const auto &[key, block] : blocks)
    flows[key];
  findLive();
  findLoops();
  findInSlots(entries);
}

RegisterSet RegisterFlow::writtenBetween(uint32_t from, uint32_t to) const {
  return flows.at(from).loop == flows.at(to).loop ? 0 : keptIn(from);
}

RegisterSet RegisterFlow::readBetween(uint32_t from, uint32_t to) const {
  return loopOf(to).needed & ~inSlotsAfter(from);
}

RegisterSet RegisterFlow::inSlotsAfter(uint32_t key) const {
  const GuestBlock &block = blocks.at(key);
  return inSlots(key) | block.reads | block.writes;
}

void RegisterFlow::findLive() {
  for (bool changes = true; changes;) {
    changes = false;
    for (const auto &[key, block] : llvm::reverse(blocks)) {
      RegisterSet after = 0;
      for (uint32_t next : block.successors)
        after |= flows.at(next).live;
      RegisterSet before = block.reads | (after & ~block.writes);
      RegisterSet &live = flows.at(key).live;
      changes |= before != live;
      live = before;
    }
  }
}

/// Taken for a loop: everything between a backward branch and its target. The
/// smaller come first, so that those that remain are innermost.
void RegisterFlow::findLoops() {
  std::map<uint32_t, uint32_t> lastOf;
  for (const auto &[key, block] : blocks)
    for (uint32_t next : block.successors)
      if (next <= key)
        lastOf[next] = std::max(lastOf[next], key);
  std::vector<std::pair<uint32_t, uint32_t>> bySize;
  bySize.reserve(lastOf.size());
  for (auto [first, last] : lastOf)
    bySize.emplace_back(last - first, first);
  llvm::sort(bySize);
  for (auto [size, first] : bySize)
    addLoop(first, first + size);
}

/// What is needed in the next turn of a loop is in a host register anyway, so
/// that is kept.
void RegisterFlow::addLoop(uint32_t first, uint32_t last) {
  auto begin = flows.find(first), end = std::next(flows.find(last));
  unsigned count = 0;
  RegisterSet reads = 0, writes = 0;
  for (auto at = begin; at != end; ++at) {
    if (at->second.loop || ++count > maxLoopBlocks)
      return;
    reads |= blocks.at(at->first).reads;
    writes |= blocks.at(at->first).writes;
  }
  for (auto at = begin; at != end; ++at)
    at->second.loop = loops.size();
  bool fits = llvm::popcount(reads | writes) <= hostRegisters;
  RegisterSet live = begin->second.live;
  RegisterSet kept = fits ? writes : writes & live;
  loops.push_back({first, kept, kept | (reads & live)});
}

void RegisterFlow::findInSlots(llvm::ArrayRef<uint32_t> entries) {
  for (uint32_t key : entries)
    flows.at(key).inSlots = loopOf(key).needed;
  for (bool changes = true; changes;) {
    changes = false;
    for (const auto &[key, block] : blocks)
      for (uint32_t next : block.successors) {
        RegisterSet &there = flows.at(next).inSlots;
        RegisterSet fewer = there & (inSlotsAfter(key) | loopOf(next).needed);
        changes |= fewer != there;
        there = fewer;
      }
  }
}

//===- Snapshots.cpp - States of a run within a budget --------------------===//

#include "Snapshots.h"
#include "opml/vm/Parallel.h"
#include <algorithm>
#include <cstring>

using namespace opml::vm;

/// Beyond these, questions are answered by few steps anyway.
static constexpr size_t maxSnapshots = 4096;

/// Copying so many takes about as long as waking a thread.
static constexpr size_t pagesPerPart = 256;

PageSet opml::vm::unite(const PageSet &left, const PageSet &right) {
  PageSet both;
  both.reserve(left.size() + right.size());
  std::ranges::set_union(left, right, std::back_inserter(both));
  return both;
}

static PageSet intersect(const PageSet &left, const PageSet &right) {
  PageSet common;
  std::ranges::set_intersection(left, right, std::back_inserter(common));
  return common;
}

Snapshots::Snapshots(const Machine &machine, const PageSet &written) {
  Snapshot &first = snapshots[0];
  first.registers = machine.registers();
  first.pages = written;
  for (uint32_t page : written)
    store(page, 0, machine.dataMemory());
  usedBytes = ownBytes(first);
}

/// A page of a small memory is smaller than others.
static std::span<const uint8_t> bytesOf(const Memory &memory, uint32_t page) {
  uint64_t address = uint64_t(page) << Memory::pageBits;
  return memory.bytes().subspan(
      address, std::min<uint64_t>(memory.size() - address, Memory::pageBytes));
}

void Snapshots::store(uint32_t page, uint64_t step, const Memory &memory) {
  PagePool::PagePointer copy = pool.take();
  std::ranges::copy(bytesOf(memory, page), copy->begin());
  Versions &list = versions[page];
  auto at = std::ranges::upper_bound(list, step, {}, &Version::step);
  list.insert(at, {step, std::move(copy)});
}

uint64_t Snapshots::atOrBefore(uint64_t step) const {
  return std::prev(snapshots.upper_bound(step))->first;
}

Snapshots::KnownTree Snapshots::nearestTree(uint64_t step) const {
  auto behind = snapshots.upper_bound(step);
  auto hasTree = [](const Map::value_type &snapshot) {
    return snapshot.second.tree.has_value();
  };
  KnownTree nearest;
  auto consider = [&](const Map::value_type &snapshot) {
    PageSet stale = changed(snapshot.first, step);
    if (!nearest.tree || stale.size() < nearest.stale.size())
      nearest = {&*snapshot.second.tree, std::move(stale)};
  };
  auto before =
      std::find_if(std::reverse_iterator(behind), snapshots.rend(), hasTree);
  if (before != snapshots.rend())
    consider(*before);
  auto after = std::find_if(behind, snapshots.end(), hasTree);
  if (after != snapshots.end())
    consider(*after);
  return nearest;
}

PageSet Snapshots::changed(uint64_t step, uint64_t other) const {
  auto end = snapshots.upper_bound(std::max(step, other));
  PageSet pages;
  for (auto at = snapshots.upper_bound(std::min(step, other)); at != end; ++at)
    pages.insert(pages.end(), at->second.pages.begin(), at->second.pages.end());
  std::ranges::sort(pages);
  pages.erase(std::ranges::unique(pages).begin(), pages.end());
  return pages;
}

const Snapshots::Page *Snapshots::find(uint32_t page, uint64_t step) const {
  auto found = versions.find(page);
  if (found == versions.end())
    return nullptr;
  const Versions &list = found->second;
  auto behind = std::ranges::upper_bound(list, step, {}, &Version::step);
  return behind == list.begin() ? nullptr : std::prev(behind)->bytes.get();
}

std::optional<PageCopies> Snapshots::copies(const PageSet &pages,
                                            uint64_t step) const {
  PageCopies result{pages, {}};
  result.bytes.reserve(pages.size());
  for (uint32_t page : pages) {
    const Page *bytes = find(page, step);
    if (!bytes)
      return std::nullopt;
    result.bytes.push_back(bytes->data());
  }
  return result;
}

PageSet Snapshots::restore(Memory &memory, const PageSet &pages,
                           uint64_t step) const {
  std::vector<const Page *> stored(pages.size());
  uint8_t *base = memory.pages();
  parallelFor(pages.size(), pagesPerPart, 0, [&](size_t begin, size_t end) {
    for (size_t i = begin; i < end; ++i) {
      stored[i] = find(pages[i], step);
      if (stored[i])
        std::memcpy(base + (uint64_t(pages[i]) << Memory::pageBits),
                    stored[i]->data(), bytesOf(memory, pages[i]).size());
    }
  });
  PageSet initial;
  for (size_t i = 0; i < pages.size(); ++i)
    if (!stored[i])
      initial.push_back(pages[i]);
  memory.discard(initial);
  return initial;
}

//===- What a snapshot takes ----------------------------------------------===//

uint64_t Snapshots::bytesAt(const Position &position) {
  constexpr uint64_t perPage = sizeof(Page) + sizeof(Version) + 32;
  return sizeof(Map::value_type) + 64 + position.written.size() * perPage;
}

uint64_t Snapshots::ownBytes(const Snapshot &snapshot) {
  return bytesAt({0, snapshot.pages}) + snapshot.treeBytes;
}

/// Brings up to date what depends on the neighbours of a snapshot.
void Snapshots::recount(Map::iterator snapshot) {
  if (snapshot == snapshots.end())
    return;
  Snapshot &own = snapshot->second;
  auto next = std::next(snapshot);
  own.superseded = next == snapshots.end()
                       ? own.pages.size()
                       : intersect(own.pages, next->second.pages).size();
  usedBytes -= own.treeBytes;
  own.treeBytes = 0;
  if (own.tree) {
    const MerkleTree empty(own.tree->depth());
    const MerkleTree *before = &empty;
    for (auto at = snapshot; at != snapshots.begin() && before == &empty;)
      if ((--at)->second.tree)
        before = &*at->second.tree;
    own.treeBytes = own.tree->bytesBeside(*before);
  }
  usedBytes += own.treeBytes;
}

void Snapshots::setTree(uint64_t step, const MerkleTree &tree) {
  auto snapshot = snapshots.find(step);
  if (snapshot == snapshots.end() || snapshot->second.tree)
    return;
  snapshot->second.tree = tree;
  recount(snapshot);
  for (auto at = std::next(snapshot); at != snapshots.end(); ++at)
    if (at->second.tree)
      return recount(at);
}

//===- Adding and removing ------------------------------------------------===//

size_t Snapshots::add(uint64_t step, const Machine &machine,
                      Position &position) {
  auto [added, isNew] = snapshots.try_emplace(step);
  if (isNew) {
    Snapshot &own = added->second;
    own.registers = machine.registers();
    own.pages = std::move(position.written);
    for (uint32_t page : own.pages)
      store(page, step, machine.dataMemory());
    usedBytes += ownBytes(own);
    recount(std::prev(added));
    recount(added);
  }
  position = {step, {}};
  return isNew ? std::prev(added)->second.superseded : 0;
}

void Snapshots::remove(Map::iterator snapshot, Position &position) {
  auto next = std::next(snapshot);
  bool isLast = next == snapshots.end();
  const PageSet &pages = snapshot->second.pages;
  PageSet inherited; // by the next snapshot
  if (!isLast)
    std::ranges::set_difference(pages, next->second.pages,
                                std::back_inserter(inherited));
  for (uint32_t page : pages) {
    Versions &list = versions[page];
    auto own = std::ranges::find(list, snapshot->first, &Version::step);
    if (std::ranges::binary_search(inherited, page))
      own->step = next->first;
    else
      list.erase(own);
    if (list.empty())
      versions.erase(page);
  }
  if (position.snapshot == snapshot->first)
    position = {std::prev(snapshot)->first, unite(position.written, pages)};
  usedBytes -= ownBytes(snapshot->second);
  if (!isLast) {
    usedBytes -= ownBytes(next->second);
    next->second.pages = unite(next->second.pages, inherited);
    usedBytes += ownBytes(next->second);
  }
  bool hadTree = snapshot->second.tree.has_value();
  auto before = std::prev(snapshot);
  snapshots.erase(snapshot);
  recount(before);
  for (auto at = next; at != snapshots.end(); ++at) {
    recount(at);
    if (!hadTree || at->second.tree)
      return;
  }
}

//===- Thinning -----------------------------------------------------------===//

uint64_t Snapshots::gapWithout(Map::iterator snapshot,
                               uint64_t lastStep) const {
  auto next = std::next(snapshot);
  uint64_t end = next == snapshots.end() ? std::max(lastStep, snapshot->first)
                                         : next->first;
  return end - std::prev(snapshot)->first;
}

Snapshots::Map::iterator Snapshots::pickVictim(uint64_t lastStep,
                                               bool alsoWanted) {
  auto best = snapshots.end();
  double bestScore = -1;
  for (auto at = std::next(snapshots.begin()); at != snapshots.end(); ++at) {
    bool isWanted = at->first > wanted.first && at->first <= wanted.second;
    if (isWanted && !alsoWanted)
      continue;
    const Snapshot &own = at->second;
    double freed = double(own.superseded * sizeof(Page) + own.treeBytes + 1);
    double score = freed / double(gapWithout(at, lastStep));
    if (score > bestScore) {
      best = at;
      bestScore = score;
    }
  }
  return best;
}

bool Snapshots::exceed(uint64_t budget) const {
  return usedBytes > budget || snapshots.size() > maxSnapshots;
}

uint64_t Snapshots::trim(uint64_t budget, uint64_t lastStep,
                         Position &position) {
  uint64_t longest = 0;
  while (exceed(budget)) {
    auto victim = pickVictim(lastStep, false);
    if (victim == snapshots.end())
      victim = pickVictim(lastStep, true);
    if (victim == snapshots.end())
      break;
    longest = std::max(longest, gapWithout(victim, lastStep));
    remove(victim, position);
  }
  return longest;
}

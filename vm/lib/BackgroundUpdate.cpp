//===- BackgroundUpdate.cpp - Hashing while the machine runs on -----------===//

#include "BackgroundUpdate.h"
#include <algorithm>
#include <utility>

using namespace opml::vm;

void BackgroundUpdate::update() {
  tree->update(
      [this](uint32_t page) {
        auto at = std::ranges::lower_bound(copies.pages, page);
        return copies.bytes[size_t(at - copies.pages.begin())];
      },
      copies.pages, /*threads=*/1);
  done = true;
}

void BackgroundUpdate::start(MerkleTree newTree, PageCopies newCopies) {
  tree = std::move(newTree);
  copies = std::move(newCopies);
  done = false;
  offer.emplace(1, [this] { update(); });
}

MerkleTree BackgroundUpdate::take() {
  offer.reset();
  if (!done)
    update();
  return *std::exchange(tree, std::nullopt);
}

// Parts of the page that take a moment to make, kept in the store by what they are made of.
#pragma once

#include <string>

#include "store/store.hpp"
#include "system/checksum.hpp"

namespace publish {

/// What `make` gives; it is the same whenever `source` is. Without a store it is made each time.
template <class Make>
std::string kept_part(const store::Store* store, const std::string& source, const Make& make) {
  if (!store) return make();
  const std::string key = sys::sha256(source);
  if (auto found = store->get(store::EntryKind::page_parts, key); found.bytes) return std::move(*found.bytes);
  std::string made = make();
  store->put(store::EntryKind::page_parts, key, made);
  return made;
}

}  // namespace publish

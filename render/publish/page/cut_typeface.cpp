// By HarfBuzz's subsetter. See cut_typeface.hpp.
#include "publish/page/cut_typeface.hpp"

#include <hb-subset.h>

#include <memory>
#include <new>

#include "publish/errors.hpp"

namespace publish {
namespace {

template <auto destroy>
struct Destroyer {
  template <class Object>
  void operator()(Object* object) const {
    destroy(object);
  }
};
using Blob = std::unique_ptr<hb_blob_t, Destroyer<hb_blob_destroy>>;
using FontFace = std::unique_ptr<hb_face_t, Destroyer<hb_face_destroy>>;
using Selection = std::unique_ptr<hb_subset_input_t, Destroyer<hb_subset_input_destroy>>;

/// What the page's style asks for, or browsers do unasked.
constexpr const char* features_of_text[] = {"kern", "liga", "onum", "lnum", "tnum", "pnum",
                                            "calt", "ccmp", "locl", "mark", "mkmk"};

void select_features(hb_subset_input_t* selection, bool is_for_mathematics) {
  hb_set_t* features = hb_subset_input_set(selection, HB_SUBSET_SETS_LAYOUT_FEATURE_TAG);
  hb_set_clear(features);
  if (is_for_mathematics)
    hb_set_invert(features);
  else
    for (const char* feature : features_of_text) hb_set_add(features, hb_tag_from_string(feature, -1));
}

}  // namespace

std::string cut_typeface(std::string_view font, const Signs& signs, bool is_for_mathematics) {
  const Blob blob(
      hb_blob_create(font.data(), static_cast<unsigned>(font.size()), HB_MEMORY_MODE_READONLY, nullptr, nullptr));
  const FontFace face(hb_face_create(blob.get(), 0));
  const Selection selection(hb_subset_input_create_or_fail());
  if (!selection) throw std::bad_alloc();
  for (const char32_t sign : signs) hb_set_add(hb_subset_input_unicode_set(selection.get()), sign);
  select_features(selection.get(), is_for_mathematics);
  // Outlines in full are compressed better than those that share parts.
  hb_subset_input_set_flags(selection.get(), HB_SUBSET_FLAGS_DESUBROUTINIZE);
  const FontFace cut(hb_subset_or_fail(face.get(), selection.get()));
  if (!cut) throw Error("a typeface of the page could not be cut to the page's signs");
  const Blob bytes(hb_face_reference_blob(cut.get()));
  unsigned size = 0;
  const char* data = hb_blob_get_data(bytes.get(), &size);
  return {data, size};
}

std::string cutter_version() { return hb_version_string(); }

}  // namespace publish

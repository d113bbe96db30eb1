/* hp-import-format.c - what a file is that is no XGBoost JSON or UBJSON, by its first bytes, and what to do about it
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "hp-import-private.h"

/* Where a tar says what it is */
#define TAR_MAGIC_AT 257

static const char pickle[]
  = N_ ("this is a Python pickle (joblib writes them too): loading one runs whatever code is in "
        "it, so that is never done here");
static const char compressed[] = N_ ("this is compressed, as joblib and gzip do it: unpack it first");
static const char old_binary[]
  = N_ ("this is XGBoost's old binary format, which XGBoost itself does not read since 3.1");
static const char dump[] = N_ ("this is a dump for people to read, without base score and objective");

/* What to do */
static const char save_model[] = N_ ("save the booster with booster.save_model(\"model.ubj\")");
static const char save_older[]
  = N_ ("load it with an older XGBoost and save it with booster.save_model(\"model.ubj\")");
static const char train_anew[] = N_ ("train with XGBoost, or with “house-price train --family gradient_boosting”");

#define SIGNATURE(bytes) bytes, sizeof (bytes) - 1

static const struct
{
  const char *bytes;
  gsize length;
  const char *reason, *remedy;
} signatures[] = {
  { SIGNATURE ("\x80\x02"), pickle, save_model },
  { SIGNATURE ("\x80\x03"), pickle, save_model },
  { SIGNATURE ("\x80\x04"), pickle, save_model },
  { SIGNATURE ("\x80\x05"), pickle, save_model },
  { SIGNATURE ("ccopy_reg\n"), pickle, save_model },
  { SIGNATURE ("(dp0\n"), pickle, save_model },
  { SIGNATURE ("\x1f\x8b"), compressed, save_model },
  { SIGNATURE ("BZh"), compressed, save_model },
  { SIGNATURE ("\xfd\x37zXZ"), compressed, save_model },
  { SIGNATURE ("\x28\xb5\x2f\xfd"), compressed, save_model },
  { SIGNATURE ("\x78\x01"), compressed, save_model },
  { SIGNATURE ("\x78\x9c"), compressed, save_model },
  { SIGNATURE ("\x78\xda"), compressed, save_model },
  { SIGNATURE ("PK\x03\x04"), N_ ("this is a ZIP archive, as NumPy, PyTorch, Keras and H2O write them"), save_model },
  { SIGNATURE ("\x89HDF\r\n\x1a\n"), N_ ("this is an HDF5 file, as Keras writes them"), train_anew },
  { SIGNATURE ("\x93NUMPY"), N_ ("this is a NumPy array, not a model"), save_model },
  { SIGNATURE ("tree\n"), N_ ("this is a LightGBM model, which can't be imported yet"), train_anew },
  { SIGNATURE ("CBM1"), N_ ("this is a CatBoost model, which can't be imported"), train_anew },
  { SIGNATURE ("binf"), old_binary, save_older },
  { SIGNATURE ("bs64"), old_binary, save_older },
  /* It begins with the base score, which was 0.5 unless told otherwise. */
  { SIGNATURE ("\x00\x00\x00\x3f"), old_binary, save_older },
  { SIGNATURE ("CONFIG-offset:"), N_ ("this is a booster as it lies in memory, not a saved model"), save_model },
  { SIGNATURE ("booster["), dump, save_model },
  { SIGNATURE ("["), dump, save_model },
  { SIGNATURE ("<"), N_ ("this is XML, perhaps PMML, which can't be imported"), save_model },
};

/* ONNX is a protocol buffer: field 1 (the version of its format) as a small number, then one of the fields 2 to 8, of
 * which all but 5 are text or messages. */
static gboolean
looks_like_onnx (const char *data, gsize length)
{
  return length > 2 && data[0] == 0x08 && data[1] > 0 && data[1] < 0x20
         && (data[2] == 0x12 || data[2] == 0x1a || data[2] == 0x22 || data[2] == 0x28 || data[2] == 0x32
             || data[2] == 0x3a || data[2] == 0x42);
}

static char *
with_remedy (const char *reason, const char *remedy)
{
  return g_strdup_printf ("%s; %s", _ (reason), _ (remedy));
}

/* The reason, or NULL if the file may be one of XGBoost's */
char *
_hp_import_explain (const char *data, gsize length)
{
  static const char onnx[] = N_ ("this is an ONNX model, which can't be imported yet");
  static const char unknown[] = N_ ("this is not a model that can be imported: only XGBoost's JSON and UBJSON can");
  g_autofree char *limit = NULL;

  if (length == 0)
    return g_strdup (_ ("the file is empty"));
  if (length > HP_IMPORT_MAX_BYTES)
    {
      limit = g_format_size_full (HP_IMPORT_MAX_BYTES, G_FORMAT_SIZE_IEC_UNITS);
      return g_strdup_printf (_ ("is too big: at most %s are read"), limit);
    }
  for (guint i = 0; i < G_N_ELEMENTS (signatures); i++)
    if (length >= signatures[i].length && memcmp (data, signatures[i].bytes, signatures[i].length) == 0)
      return with_remedy (signatures[i].reason, signatures[i].remedy);
  if (length > TAR_MAGIC_AT + 5 && memcmp (data + TAR_MAGIC_AT, "ustar", 5) == 0)
    return g_strdup (_ ("this is an archive: if it is a version that was exported, add it with “house-price models "
                        "install”"));
  if (looks_like_onnx (data, length))
    return with_remedy (onnx, save_model);
  while (length > 0 && strchr (" \t\r\n", *data) != NULL && *data != '\0')
    {
      data++;
      length--;
    }
  if (length > 0 && *data == '{')
    return NULL;
  return with_remedy (unknown, save_model);
}

/* hp-error.c - the one error domain, its exit statuses and its field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#include "config.h"

#include <errno.h>
#include <gio/gio.h>
#include <glib/gi18n-lib.h>

#include "hp-error.h"
#include "hp-text.h"

typedef struct
{
  char *field;
} HpErrorPrivate;

static void
hp_error_private_init (HpErrorPrivate *priv)
{
  priv->field = NULL;
}

static void
hp_error_private_copy (const HpErrorPrivate *from, HpErrorPrivate *to)
{
  to->field = g_strdup (from->field);
}

static void
hp_error_private_clear (HpErrorPrivate *priv)
{
  g_clear_pointer (&priv->field, g_free);
}

G_DEFINE_EXTENDED_ERROR (HpError, hp_error)

static const struct
{
  const char *name;
  int status;
} codes[] = {
  [HP_ERROR_FAILED] = { "failed", 1 },         [HP_ERROR_USAGE] = { "usage", 2 },
  [HP_ERROR_BAD_DATA] = { "bad_data", 3 },     [HP_ERROR_BAD_ATTRIBUTE] = { "bad_attribute", 3 },
  [HP_ERROR_NOT_FOUND] = { "not_found", 4 },   [HP_ERROR_DAMAGED] = { "damaged", 1 },
  [HP_ERROR_CONFLICT] = { "conflict", 1 },     [HP_ERROR_UNREACHABLE] = { "unreachable", 5 },
  [HP_ERROR_GATES] = { "gates", 6 },           [HP_ERROR_DRIFT] = { "drift", 7 },
  [HP_ERROR_CANCELLED] = { "cancelled", 130 }, [HP_ERROR_IO] = { "io", 1 },
};

/* What a foreign error means to us: a cancelled GIO operation is our cancellation, the rest has just failed. */
static HpErrorCode
code_of (const GError *error)
{
  if (error->domain == HP_ERROR && error->code >= 0 && (gsize) error->code < G_N_ELEMENTS (codes))
    return error->code;
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return HP_ERROR_CANCELLED;
  return HP_ERROR_FAILED;
}

/**
 * hp_set_error:
 * @error: (out) (optional): where to put the error
 * @code: what kind of error it is
 * @field: (nullable): the attribute or column the error is about
 * @format: the message, as for printf(): what is wrong, where, what to do
 * @...: its arguments
 *
 * Sets @error to a new error of the domain %HP_ERROR. Does nothing if @error is %NULL.
 */
void
hp_set_error (GError **error, HpErrorCode code, const char *field, const char *format, ...)
{
  GError *made;
  va_list args;

  if (error == NULL)
    return;
  va_start (args, format);
  made = g_error_new_valist (HP_ERROR, code, format, args);
  va_end (args);
  hp_error_get_private (made)->field = g_strdup (field);
  g_propagate_error (error, made);
}

/**
 * hp_set_error_errno:
 * @error: (out) (optional): where to put the error
 * @errsv: the value of `errno` after the failed call
 * @path: (type filename): the file it was about
 * @what: what was being done, such as "can't be opened", translated
 *
 * Sets @error from a failed system call, with the message "PATH: what: reason". A file that does not
 * exist is %HP_ERROR_NOT_FOUND, everything else is %HP_ERROR_IO.
 */
void
hp_set_error_errno (GError **error, int errsv, const char *path, const char *what)
{
  g_autofree char *shown = hp_text_printable (path, -1, 0);

  hp_set_error (error, errsv == ENOENT ? HP_ERROR_NOT_FOUND : HP_ERROR_IO, NULL, "%s: %s: %s", shown, what,
                g_strerror (errsv));
}

/**
 * hp_error_get_field:
 * @error: an error of any domain
 *
 * Returns: (nullable) (transfer none): the attribute or column the error is about, %NULL if it is
 *   about none or of another domain
 */
const char *
hp_error_get_field (const GError *error)
{
  g_return_val_if_fail (error != NULL, NULL);

  return error->domain == HP_ERROR ? hp_error_get_private (error)->field : NULL;
}

/**
 * hp_error_exit_status:
 * @error: an error of any domain
 *
 * Returns: the status a program that stops because of @error ends with, never 0
 */
int
hp_error_exit_status (const GError *error)
{
  g_return_val_if_fail (error != NULL, 1);

  return codes[code_of (error)].status;
}

/**
 * hp_error_code_name:
 * @error: an error of any domain
 *
 * The name that machine-readable output gives to the kind of an error; it is never translated.
 *
 * Returns: (transfer none): the name, such as `bad_attribute`; `failed` for an error of another
 *   domain, except that `G_IO_ERROR_CANCELLED` is `cancelled`
 */
const char *
hp_error_code_name (const GError *error)
{
  g_return_val_if_fail (error != NULL, "failed");

  return codes[code_of (error)].name;
}

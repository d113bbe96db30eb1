/* hp-error.h - the one error domain, its exit statuses and its field
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define HP_ERROR (hp_error_quark ())

typedef enum
{
  HP_ERROR_FAILED,        /* anything else: exit 1 */
  HP_ERROR_USAGE,         /* the command line is wrong: exit 2 */
  HP_ERROR_BAD_DATA,      /* a file's contents are wrong (CSV, YAML, JSON): exit 3 */
  HP_ERROR_BAD_ATTRIBUTE, /* a house's attribute is wrong or missing: exit 3 */
  HP_ERROR_NOT_FOUND,     /* no such model, version, file: exit 4 */
  HP_ERROR_DAMAGED,       /* a bundle fails its checksums or its format: exit 1 */
  HP_ERROR_CONFLICT,      /* not allowed in this state (promote a failed model): exit 1 */
  HP_ERROR_UNREACHABLE,   /* a server is needed and does not answer: exit 5 */
  HP_ERROR_GATES,         /* no version passed its gates: exit 6 */
  HP_ERROR_DRIFT,         /* drift alarm: exit 7 */
  HP_ERROR_CANCELLED,     /* interrupted; nothing half-written: exit 130 */
  HP_ERROR_IO,            /* reading or writing failed (full disk, permission): exit 1 */
} HpErrorCode;

GQuark      hp_error_quark       (void);

/* The error carries, besides its message, the attribute or column it is about (or NULL). */
void        hp_set_error         (GError      **error,
                                  HpErrorCode   code,
                                  const char   *field,
                                  const char   *format,
                                  ...) G_GNUC_PRINTF (4, 5);
/* HP_ERROR_NOT_FOUND for ENOENT, HP_ERROR_IO otherwise; message "PATH: what: strerror". */
void        hp_set_error_errno   (GError      **error,
                                  int           errsv,
                                  const char   *path,
                                  const char   *what);
const char *hp_error_get_field   (const GError *error);
/* Any GError: G_IO_ERROR_CANCELLED is 130, a foreign domain is 1. */
int         hp_error_exit_status (const GError *error);
/* "bad_attribute", "not_found" … ; "failed" for a foreign domain (G_IO_ERROR_CANCELLED is "cancelled"). */
const char *hp_error_code_name   (const GError *error);

G_END_DECLS

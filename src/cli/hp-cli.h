/* hp-cli.h - what the verbs of house-price share: context, options, output, errors
 *
 * A verb is a table entry: what help says of it, its options, and a function. The same table makes the help, parses the
 * command line and is compared with the manual page and the completion by a test.
 *
 * SPDX-License-Identifier: GPL-3.0-or-later
 */
#pragma once

#include "hp-display.h"
#include "hp-error.h"
#include "hp-finding.h"
#include "hp-json.h"
#include "hp-metrics.h"
#include "hp-parallel.h"
#include "hp-registry.h"

G_BEGIN_DECLS

typedef enum
{
  HP_CLI_FLAG, /* a gboolean */
  HP_CLI_TEXT, /* a char * */
  HP_CLI_LIST, /* a char **: the option may be repeated */
} HpCliOptionKind;

typedef struct
{
  const char *name;
  char letter; /* 0: none */
  HpCliOptionKind kind;
  gsize offset;         /* in the structure that holds the options */
  const char *argument; /* (nullable) what help calls its value */
  const char *help;
} HpCliOption;

/* Options that stand before or after the verb */
typedef struct
{
  char *registry;
  char *name;
  char *jobs;
  gboolean json, quiet, no_color, version, help;
} HpCliGlobals;

/* One thing that is wrong, when several are told at once */
typedef struct
{
  char *field, *message;
} HpCliProblem;

typedef struct _HpCliVerb HpCliVerb;

typedef struct
{
  HpCliGlobals globals;
  const HpCliVerb *const *verbs;
  char **command; /* the command line as it came, for a helper program */
  guint jobs;     /* 0: the default */
  gboolean color_stdout, color_stderr;
  gboolean stderr_is_terminal;
  GPtrArray *problems; /* (element-type HpCliProblem) */
} HpCli;

/* Returns the exit status, or sets error, which decides it. arguments: the words left after the options, then NULL. */
typedef int (*HpCliRun) (HpCli *cli, gconstpointer options, char **arguments, GError **error);

struct _HpCliVerb
{
  const char *name;           /* "predict"; of a verb below another: "models show" */
  const char *arguments;      /* "DATA" */
  const char *summary;        /* one line */
  const char *examples;       /* lines, without indentation */
  const char *details;        /* (nullable) paragraphs after the options */
  const HpCliOption *options; /* (nullable) ends with a name of NULL */
  gsize options_size;
  guint min_arguments, max_arguments;
  HpCliRun run; /* NULL: only a group of verbs */
};

extern const HpCliVerb hp_verb_validate, hp_verb_train, hp_verb_predict, hp_verb_evaluate, hp_verb_compare, hp_verb_ratio,
  hp_verb_drift, hp_verb_plot,
  hp_verb_schema, hp_verb_schema_infer, hp_verb_schema_check, hp_verb_models, hp_verb_models_list, hp_verb_models_show,
  hp_verb_models_promote, hp_verb_models_rollback, hp_verb_models_alias, hp_verb_models_verify, hp_verb_models_export,
  hp_verb_models_import, hp_verb_models_install, hp_verb_models_delete, hp_verb_report,
  hp_verb_session,
  hp_verb_session_new, hp_verb_session_show, hp_verb_session_run, hp_verb_session_add, hp_verb_session_note,
  hp_verb_session_accept, hp_verb_session_override, hp_verb_serve, hp_verb_tui, hp_verb_gui;

/* The whole of main(). verbs ends with NULL. */
int hp_cli_main (const HpCliVerb *const *verbs, int argc, char **argv);

/* hp-cli-options.c */
extern const HpCliOption hp_cli_global_options[];

char **hp_cli_options_parse (const HpCliOption *options, gpointer values, HpCliGlobals *globals, gboolean stop_at_word,
                             char **argv, GError **error);
void hp_cli_options_clear (const HpCliOption *options, gpointer values);
void hp_cli_globals_merge (HpCliGlobals *globals, HpCliGlobals *later);
gboolean hp_cli_parse_uint (const char *option, const char *text, guint64 min, guint64 max, guint64 *value,
                            GError **error);
gboolean hp_cli_parse_double (const char *option, const char *text, double min, double max, double *value,
                              GError **error);
gboolean hp_cli_parse_level (const char *text, double *level, GError **error);

/* hp-cli-help.c */
char *hp_cli_short_help (const HpCliVerb *const *verbs);
char *hp_cli_help (const HpCliVerb *const *verbs);
char *hp_cli_verb_help (const HpCliVerb *verb, const HpCliVerb *const *verbs);
char *hp_cli_version (gboolean json);

/* hp-cli-output.c */
gboolean hp_cli_print (HpCli *cli, const char *text, GError **error);
gboolean hp_cli_print_json (HpCli *cli, HpJsonWriter *writer, GError **error);
void hp_cli_message (HpCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
void hp_cli_warning (HpCli *cli, const char *format, ...) G_GNUC_PRINTF (2, 3);
void hp_cli_report_error (HpCli *cli, const GError *error);
/* To an error of a version that can't be used because it is damaged: what to do now */
void hp_cli_add_remedy (GError **error);
void hp_cli_add_problem (HpCli *cli, const char *field, const char *format, ...) G_GNUC_PRINTF (3, 4);
void hp_cli_set_problems (HpCli *cli, HpErrorCode code, GError **error);

typedef enum
{
  HP_STYLE_NONE,
  HP_STYLE_BOLD,
  HP_STYLE_DIM,
  HP_STYLE_BAD,
  HP_STYLE_WARN,
} HpCliStyle;

void hp_cli_append_styled (GString *text, gboolean color, HpCliStyle style, const char *part);

/* hp-cli-metric.c */
char *hp_cli_metric (HpMetric metric, double value, const char *currency);

/* hp-cli-table.c */
typedef struct _HpCliTable HpCliTable;

HpCliTable *hp_cli_table_new (const char *const *titles, const char *alignment);
void hp_cli_table_add (HpCliTable *table, HpCliStyle style, ...) G_GNUC_NULL_TERMINATED;
void hp_cli_table_append (HpCliTable *table, GString *text, gboolean color);
void hp_cli_table_free (HpCliTable *table);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCliTable, hp_cli_table_free)

/* hp-cli-progress.c */
typedef enum
{
  HP_PROGRESS_NONE,
  HP_PROGRESS_BAR,
  HP_PROGRESS_JSON,
} HpProgressMode;

typedef struct _HpCliProgress HpCliProgress;

gboolean hp_cli_progress_mode (HpCli *cli, const char *text, HpProgressMode *mode, GError **error);
HpCliProgress *hp_cli_progress_new (HpProgressMode mode);
void hp_cli_progress_update (HpCliProgress *progress, const char *stage, const char *detail, double fraction,
                             double elapsed, double left);
void hp_cli_progress_clear (HpCliProgress *progress);
void hp_cli_progress_free (HpCliProgress *progress);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCliProgress, hp_cli_progress_free)

/* hp-cli-interrupt.c */
typedef struct _HpCliInterrupt HpCliInterrupt;

/* Called in a thread of its own at SIGINT or SIGTERM, at most once */
typedef void (*HpCliInterruptFunc) (gpointer data);

HpCliInterrupt *hp_cli_interrupt_new (HpCliInterruptFunc func, gpointer data);
void hp_cli_interrupt_free (HpCliInterrupt *interrupt);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (HpCliInterrupt, hp_cli_interrupt_free)

/* hp-cli-exec.c: other programs in the place of this one */
void hp_cli_exec_helper (HpCli *cli, const char *program, GError **error);
void hp_cli_exec_program (HpCli *cli, const char *program, const HpCliOption *options, gconstpointer values,
                          char **arguments, GError **error);

/* hp-cli-data.c: data with its schema, and the registry */
HpRegistry *hp_cli_open_registry (HpCli *cli, GError **error);
HpSchema *hp_cli_find_schema (const char *data, const char *schema, char **path, GError **error);
gboolean hp_cli_check_findings (HpCli *cli, const char *file, const HpFindings *findings, GError **error);

G_END_DECLS

/* new NAME — begin a lesson: a C example, its Python twin, and a descriptor. */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "cli/commands/command.h"
#include "cli/commands/topics.h"
#include "cli/text.h"

/* ---- what it writes; NAME is the name of the lesson ------------------------ */

static const char descriptor[] = "lesson_descriptors += {\n"
                                 "  'name': 'NAME',\n"
                                 "  'group': 'own',\n"
                                 "  'title': 'two greetings at once',\n"
                                 "  'idea': 'Two tasks wait at the same time.',\n"
                                 "  'question': 'When is the second greeting said?',\n"
                                 "  'try': 'list',\n"
                                 "  'examples': [\n"
                                 "    'first',\n"
                                 "  ],\n"
                                 "}\n";

static const char source[] =
    "/* Two greetings, a second apart. */\n"
    "#include \"lessons/lesson.h\"\n"
    "\n"
    "async_def(greet, const char *name, double delay)\n"
    "{\n"
    "    await(co_sleep(self->delay));\n"
    "    say(\"Hello, %s\", self->name);\n"
    "    return text(\"greeted %s\", self->name);\n"
    "}\n"
    "\n"
    "async_def(main_task)\n"
    "{\n"
    "    int results = await(gather(co_spawn(greet, \"Ann\", 1), "
    "co_spawn(greet, \"Bob\", 2)));\n"
    "    say(\"%s\", str(results));\n"
    "    return 0;\n"
    "}\n"
    "\n"
    "const struct about IDENTIFIER_first = {\n"
    "    .title = \"two greetings at once: 2 s, not 3 s\",\n"
    "    .idea = \"While one task sleeps the other can run.\",\n"
    "    .look = \"Both tasks begin to sleep at 0.000.\",\n"
    "    main_is(main_task),\n"
    "};\n";

static const char twin[] =
    "\"\"\"Two greetings, a second apart.\"\"\"\n"
    "import asyncio\n"
    "\n"
    "\n"
    "async def greet(name, delay):\n"
    "    await asyncio.sleep(delay)\n"
    "    print(f\"Hello, {name}\")\n"
    "    return f\"greeted {name}\"\n"
    "\n"
    "\n"
    "async def main():\n"
    "    results = await asyncio.gather(greet(\"Ann\", 1), greet(\"Bob\", 2))\n"
    "    print(results)\n"
    "\n"
    "\n"
    "asyncio.run(main())\n";

static const struct {
    const char *file, *text;
} files[] = { { "meson.build", descriptor },
              { "first.c", source },
              { "first.py", twin } };

/* ---- writing ---------------------------------------------------------------- */

/* Write the text with the lesson's name in its place. */
static void write_text(FILE *out, const char *text, const char *name)
{
    static const char mark[] = "NAME", identifier[] = "IDENTIFIER";

    while (*text) {
        if (strncmp(text, mark, strlen(mark)) == 0) {
            fputs(name, out);
            text += strlen(mark);
        } else if (strncmp(text, identifier, strlen(identifier)) == 0) {
            for (const char *c = name; *c; c++)
                fputc(*c == '-' ? '_' : *c, out);
            text += strlen(identifier);
        } else {
            fputc(*text++, out);
        }
    }
}

static int report_file(struct session *session, const char *path)
{
    return session_error(session, STATUS_FILE, "cannot write '%s': %s", path,
                         strerror(errno));
}

static int write_file(struct session *session, const char *name, size_t i)
{
    char *path = text_format("lessons/%s/%s", name, files[i].file);
    FILE *out = fopen(path, "wxe");
    int status = STATUS_OK;

    if (out)
        write_text(out, files[i].text, name);
    if (!out || fclose(out) != 0)
        status = report_file(session, path);
    else
        printf("%s\n", path);
    free(path);
    return status;
}

/* The line in lessons/meson.build that makes it a lesson, after the last of its kind.
 */
static int add_to_lessons(struct session *session, const char *name)
{
    static const char path[] = "lessons/meson.build", word[] = "subdir('";
    char *text = NULL;
    size_t size = 0;
    FILE *file = fopen(path, "r+e");

    if (!file)
        return report_file(session, path);
    if (getdelim(&text, &size, '\0', file) < 0)
        text = xnonnull(strdup(""));
    char *last = NULL;
    for (char *at = text; (at = strstr(at, word)); at++)
        if (at == text || at[-1] == '\n')
            last = at;
    size_t before = last ? (size_t)(last - text) + strcspn(last, "\n") : 0;
    rewind(file);
    fwrite(text, 1, before, file);
    fprintf(file, last ? "\nsubdir('%s')%s" : "subdir('%s')\n%s", name, text + before);
    free(text);
    return fclose(file) == 0 ? STATUS_OK : report_file(session, path);
}

/* ---- the command ------------------------------------------------------------ */

/* NULL: it can be the name of a new lesson. */
static const char *problem_with(const char *name)
{
    struct choice choice;

    if (name[0] < 'a' || name[0] > 'z' ||
        strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != strlen(name))
        return "is no name for a lesson; take small letters, digits and dashes, such "
               "as 'my-lesson'";
    if (catalogue_find(name, &choice))
        return "is there already; take another name";
    if (command_find(name) || topic_exists(name))
        return "is a command or a topic; take another name";
    return NULL;
}

static int run(struct session *session, const struct arguments *arguments)
{
    const char *name = arguments->count ? arguments->names[0] : NULL;

    if (!name)
        return session_error(session, STATUS_USAGE,
                             "which name? (such as '%snew my-lesson')",
                             session_before_command(session));
    const char *problem = problem_with(name);
    if (problem) {
        char *quoted = text_quote(name, 40);
        session_error(session, STATUS_USAGE, "%s %s", quoted, problem);
        free(quoted);
        return STATUS_USAGE;
    }
    if (access("lessons/meson.build", F_OK) != 0)
        return session_error(session, STATUS_FILE,
                             "there is no lessons/meson.build here; go to the folder "
                             "with the sources of interleave first");

    char *folder = text_format("lessons/%s", name);
    int status = mkdir(folder, 0777) == 0 ? STATUS_OK : report_file(session, folder);
    for (size_t i = 0; i < sizeof(files) / sizeof(*files) && status == STATUS_OK; i++)
        status = write_file(session, name, i);
    if (status == STATUS_OK)
        status = add_to_lessons(session, name);
    if (status == STATUS_OK)
        printf("lessons/meson.build has the lesson now; build, then 'interleave %s' "
               "runs it.\n",
               name);
    free(folder);
    return status;
}

const struct command cmd_new = {
    .name = "new",
    .usage = "NAME",
    .help = "begin a lesson of your own: a C example and its Python twin, which build "
            "and agree as they are",
    .examples = "  new tour                 writes lessons/tour/ (among the sources)\n",
    .names = NAMES_ANY,
    .most = 1,
    .run = run,
};

/* A plugin of GCC's. What the functions of the standard library's headers use of its templates is put together when a program's source
   has ended, of every program: that takes longer than the program itself. This has it done where `#pragma codecanvas instantiate` stands,
   at the end of the headers that are compiled ahead. It goes without GCC's headers, which not every host has: these functions have been
   what they are for many versions, and where one is missing the plugin is not loaded. */

int plugin_is_GPL_compatible;

struct cpp_reader;
typedef void handler(struct cpp_reader *);

extern void register_callback(const char *plugin, int event, void (*callback)(void *, void *), void *data);
extern int get_named_event_id(const char *name, int insert);
extern void register_pragma(const char *space, const char *name, handler *) __asm__("_Z17c_register_pragmaPKcS0_PFvP10cpp_readerE");
extern void instantiate_pending_templates(int retries) __asm__("_Z29instantiate_pending_templatesi");

static void instantiate(struct cpp_reader *reader) {
    (void)reader;
    instantiate_pending_templates(0);
}

static void add_pragma(void *event, void *data) {
    (void)event;
    (void)data;
    register_pragma("codecanvas", "instantiate", instantiate);
}

int plugin_init(void *arguments, void *version) {
    (void)arguments;
    (void)version;
    register_callback("instantiate", get_named_event_id("PLUGIN_PRAGMAS", 0), add_pragma, 0);
    return 0;
}

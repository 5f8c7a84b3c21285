/* The least that libfuse3 can be asked for: one file, written and read as a control file is. Usage: libfuse DIR */
#define FUSE_USE_VERSION 34
#include <errno.h>
#include <fuse_lowlevel.h>
#include <string.h>
#include <sys/stat.h>

#define FILE_INO 2
#define FOREVER 1e9

static const char text[] = "134217728\n";

static void fill(fuse_ino_t ino, struct stat *st)
{
	memset(st, 0, sizeof(*st));
	st->st_ino = ino;
	st->st_mode = ino == FUSE_ROOT_ID ? S_IFDIR | 0755 : S_IFREG | 0644;
	st->st_nlink = ino == FUSE_ROOT_ID ? 2 : 1;
}

static void on_init(void *data, struct fuse_conn_info *conn)
{
	conn->want |= conn->capable & FUSE_CAP_ATOMIC_O_TRUNC;
}

static void on_lookup(fuse_req_t req, fuse_ino_t parent, const char *name)
{
	struct fuse_entry_param entry;

	if (strcmp(name, "limit") != 0) {
		fuse_reply_err(req, ENOENT);
		return;
	}
	memset(&entry, 0, sizeof(entry));
	entry.ino = FILE_INO;
	entry.attr_timeout = entry.entry_timeout = FOREVER;
	fill(FILE_INO, &entry.attr);
	fuse_reply_entry(req, &entry);
}

static void on_getattr(fuse_req_t req, fuse_ino_t ino, struct fuse_file_info *file)
{
	struct stat st;

	fill(ino, &st);
	fuse_reply_attr(req, &st, FOREVER);
}

static void on_open(fuse_req_t req, fuse_ino_t ino, struct fuse_file_info *file)
{
	file->direct_io = 1;
	file->noflush = 1;
	fuse_reply_open(req, file);
}

static void on_read(fuse_req_t req, fuse_ino_t ino, size_t size, off_t at, struct fuse_file_info *file)
{
	size_t length = sizeof(text) - 1;

	if ((size_t)at >= length)
		fuse_reply_buf(req, NULL, 0);
	else
		fuse_reply_buf(req, text + at, length - at < size ? length - at : size);
}

static void on_write(fuse_req_t req, fuse_ino_t ino, const char *data, size_t size, off_t at,
		     struct fuse_file_info *file)
{
	fuse_reply_write(req, size);
}

static const struct fuse_lowlevel_ops operations = {
	.init = on_init,
	.lookup = on_lookup,
	.getattr = on_getattr,
	.open = on_open,
	.read = on_read,
	.write = on_write,
};

int main(int argc, char **argv)
{
	struct fuse_args args = FUSE_ARGS_INIT(0, NULL);
	struct fuse_session *session;

	if (argc != 2 || fuse_opt_add_arg(&args, argv[0]) || fuse_opt_add_arg(&args, "-odefault_permissions"))
		return 2;
	session = fuse_session_new(&args, &operations, sizeof(operations), NULL);
	if (session == NULL || fuse_session_mount(session, argv[1]) != 0)
		return 1;
	fuse_session_loop(session);
	fuse_session_unmount(session);
	return 0;
}

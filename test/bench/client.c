/* Opens, writes or reads, and closes a file again and again. Usage: client FILE write|read COUNT; prints ns for each. */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

static long long now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * 1000000000LL + time.tv_nsec;
}

int main(int argc, char **argv)
{
	char buffer[4096];
	int writes = argc == 4 && strcmp(argv[2], "write") == 0;
	int count = argc == 4 ? atoi(argv[3]) : 0;
	long long began = now();

	for (int i = 0; i < count; i++) {
		int fd = open(argv[1], writes ? O_WRONLY | O_TRUNC : O_RDONLY);

		if (fd < 0 || (writes && write(fd, "128M\n", 5) != 5)) {
			perror(argv[1]);
			return 1;
		}
		/* To the end, as cat does. */
		while (!writes && read(fd, buffer, sizeof(buffer)) > 0)
			;
		close(fd);
	}
	printf("%lld\n", count > 0 ? (now() - began) / count : 0);
	return count > 0 ? 0 : 2;
}

/* thidua_desktop.exe (window) and thidua.exe (console): the Python beside this file, in UTF-8 mode, with our arguments.

   Python is loaded into this process, so that the task bar, the list of running programs and the file associations
   show one program with its own name and icon. */
#include <windows.h>
#include <stdlib.h>
#include <wchar.h>

#define LONGEST 32768
#define FIXED 5

typedef int (*python_main)(int, wchar_t **);

static void complain(const wchar_t *text)
{
#ifdef WINDOWED
    MessageBoxW(NULL, text, L"Thi \x0111ua", MB_OK | MB_ICONERROR);
#else
    DWORD written;
    WriteConsoleW(GetStdHandle(STD_ERROR_HANDLE), text, (DWORD)wcslen(text), &written, NULL);
#endif
}

static int run(int count, wchar_t **given)
{
    static wchar_t own[LONGEST], library[LONGEST];
    DWORD length = GetModuleFileNameW(NULL, own, LONGEST);
    wchar_t *end;
    HMODULE python;
    python_main start;
    wchar_t **words = calloc((size_t)count + FIXED, sizeof *words);
    int at;

    if (length == 0 || length >= LONGEST - 40 || words == NULL)
        return 3;
    wcscpy(library, own);
    end = wcsrchr(library, L'\\');
    wcscpy(end + 1, L"Python\\python313.dll");
    python = LoadLibraryExW(library, NULL, LOAD_WITH_ALTERED_SEARCH_PATH);
    start = python ? (python_main)(void *)GetProcAddress(python, "Py_Main") : NULL;
    if (start == NULL) {
        complain(L"Ch\x01b0\x01a1ng tr\x00ecnh c\x00e0i ch\x01b0\x0061 \x0111\x1ee7. Ch\x1ea1y l\x1ea1i t\x1ec7p c\x00e0i \x0111\x1eb7t.\n");
        return 3;
    }
    words[0] = own;
    words[1] = L"-X";
    words[2] = L"utf8";
    words[3] = L"-m";
    words[4] = L"thidua_desktop";
    for (at = 1; at < count; at++)
        words[FIXED + at - 1] = given[at];
    return start(count + FIXED - 1, words);
}

#ifdef WINDOWED
int WINAPI wWinMain(HINSTANCE self, HINSTANCE before, PWSTR line, int show)
{
    (void)self; (void)before; (void)line; (void)show;
    return run(__argc, __wargv);
}
#else
int wmain(int count, wchar_t **given)
{
    return run(count, given);
}
#endif

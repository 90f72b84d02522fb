//! Which module may import which, and how long a file may be.

mod layers {
    mod check;
    mod rules;
    mod source;
    mod tokens;

    use std::fs;
    use std::path::Path;

    use self::check::File;

    #[test]
    fn every_module_imports_only_what_its_layer_allows() {
        let broken = check::imports(&crate_files());
        assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
    }

    #[test]
    fn pure_modules_touch_no_socket_no_clock_and_no_thread() {
        let broken = check::purity(&crate_files());
        assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
    }

    #[test]
    fn no_source_file_is_too_long() {
        let broken = check::lengths(&crate_files());
        assert!(broken.is_empty(), "\n{}\n", broken.join("\n"));
    }

    /// Every file under `src`, sorted by name.
    fn crate_files() -> Vec<File> {
        let mut files = Vec::new();
        collect(Path::new(env!("CARGO_MANIFEST_DIR")), "src", &mut files);
        assert!(files.iter().any(|file| file.name == "src/lib.rs"));
        files.sort_by(|a, b| a.name.cmp(&b.name));
        files
    }

    fn collect(root: &Path, folder: &str, files: &mut Vec<File>) {
        for entry in fs::read_dir(root.join(folder)).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = format!("{folder}/{}", entry.file_name().to_str().expect("a plain name"));
            if entry.path().is_dir() {
                collect(root, &name, files);
            } else if name.ends_with(".rs") {
                files.push(File::new(&name, &fs::read_to_string(entry.path()).expect("a text file")));
            }
        }
    }
}

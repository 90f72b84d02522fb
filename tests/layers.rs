//! Which module may import which, how long a file may be, and which grammar it may use.

mod layers {
    mod check;
    mod msrv;
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

    #[test]
    fn no_grammar_is_newer_than_the_oldest_compiler() {
        let mut chains = Vec::new();
        for (name, text) in ["src", "examples", "tests", "benches"].into_iter().flat_map(texts) {
            chains.extend(
                msrv::let_chains(&text).into_iter().map(|line| format!("{name}:{line}: a let chain")),
            );
        }
        assert!(chains.is_empty(), "\n{}\n", chains.join("\n"));
    }

    /// Every file of the library, sorted by name.
    fn crate_files() -> Vec<File> {
        let files: Vec<_> = texts("src").iter().map(|(name, text)| File::new(name, text)).collect();
        assert!(files.iter().any(|file| file.name == "src/lib.rs"));
        files
    }

    /// Name and text of every Rust file in a folder, sorted by name.
    fn texts(folder: &str) -> Vec<(String, String)> {
        let mut files = Vec::new();
        collect(Path::new(env!("CARGO_MANIFEST_DIR")), folder, &mut files);
        files.sort();
        files
    }

    fn collect(root: &Path, folder: &str, files: &mut Vec<(String, String)>) {
        for entry in fs::read_dir(root.join(folder)).expect("a folder") {
            let entry = entry.expect("an entry");
            let name = format!("{folder}/{}", entry.file_name().to_str().expect("a plain name"));
            if entry.path().is_dir() {
                collect(root, &name, files);
            } else if name.ends_with(".rs") {
                let text = fs::read_to_string(entry.path()).expect("a text file");
                files.push((name, text));
            }
        }
    }
}

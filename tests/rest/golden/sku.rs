use syncord::id::ApplicationId;
use syncord::model::SkuType;

use super::book::Book;

#[test]
fn skus() {
    let mut book = Book::open("sku");
    let skus = r#"[{"id":"1088510053843210999","type":6,"dependent_sku_id":null,"application_id":"7","access_type":1,"name":"Test Premium","slug":"test-premium","flags":128},{"id":"1088510058284990888","type":5,"application_id":"7","name":"Test Premium","slug":"test-premium","flags":128}]"#;
    let skus = book.call("skus", skus, |rest| rest.skus(ApplicationId::new(7)));
    assert_eq!((skus[0].kind, skus[1].kind), (SkuType::SUBSCRIPTION_GROUP, SkuType::SUBSCRIPTION));
    book.close();
}

// Fusebox card 1.0.0 6355905b34a86dbf: made from card/ by `make card`. Apache-2.0; with Lit, BSD-3-Clause, Google LLC.
var f=["da","de","es","fr","nb","nl","sv"];var Ne=globalThis,We=Ne.ShadowRoot&&(Ne.ShadyCSS===void 0||Ne.ShadyCSS.nativeShadow)&&"adoptedStyleSheets"in Document.prototype&&"replace"in CSSStyleSheet.prototype,mt=Symbol(),gn=new WeakMap,be=class{constructor(e,t,r){if(this._$cssResult$=!0,r!==mt)throw Error("CSSResult is not constructable. Use `unsafeCSS` or `css` instead.");this.cssText=e,this.t=t}get styleSheet(){let e=this.o,t=this.t;if(We&&e===void 0){let r=t!==void 0&&t.length===1;r&&(e=gn.get(t)),e===void 0&&((this.o=e=new CSSStyleSheet).replaceSync(this.cssText),r&&gn.set(t,e))}return e}toString(){return this.cssText}},yn=n=>new be(typeof n=="string"?n:n+"",void 0,mt),v=(n,...e)=>{let t=n.length===1?n[0]:e.reduce((r,s,o)=>r+(a=>{if(a._$cssResult$===!0)return a.cssText;if(typeof a=="number")return a;throw Error("Value passed to 'css' function must be a 'css' function result: "+a+". Use 'unsafeCSS' to pass non-literal values, but take care to ensure page security.")})(s)+n[o+1],n[0]);return new be(t,n,mt)},bn=(n,e)=>{if(We)n.adoptedStyleSheets=e.map(t=>t instanceof CSSStyleSheet?t:t.styleSheet);else for(let t of e){let r=document.createElement("style"),s=Ne.litNonce;s!==void 0&&r.setAttribute("nonce",s),r.textContent=t.cssText,n.appendChild(r)}},ft=We?n=>n:n=>n instanceof CSSStyleSheet?(e=>{let t="";for(let r of e.cssRules)t+=r.cssText;return yn(t)})(n):n;var{is:vs,defineProperty:ws,getOwnPropertyDescriptor:$s,getOwnPropertyNames:_s,getOwnPropertySymbols:ks,getPrototypeOf:Ss}=Object,Ie=globalThis,xn=Ie.trustedTypes,As=xn?xn.emptyScript:"",Os=Ie.reactiveElementPolyfillSupport,xe=(n,e)=>n,ht={toAttribute(n,e){switch(e){case Boolean:n=n?As:null;break;case Object:case Array:n=n==null?n:JSON.stringify(n)}return n},fromAttribute(n,e){let t=n;switch(e){case Boolean:t=n!==null;break;case Number:t=n===null?null:Number(n);break;case Object:case Array:try{t=JSON.parse(n)}catch{t=null}}return t}},wn=(n,e)=>!vs(n,e),vn={attribute:!0,type:String,converter:ht,reflect:!1,useDefault:!1,hasChanged:wn};Symbol.metadata??=Symbol("metadata"),Ie.litPropertyMetadata??=new WeakMap;var F=class extends HTMLElement{static addInitializer(e){this._$Ei(),(this.l??=[]).push(e)}static get observedAttributes(){return this.finalize(),this._$Eh&&[...this._$Eh.keys()]}static createProperty(e,t=vn){if(t.state&&(t.attribute=!1),this._$Ei(),this.prototype.hasOwnProperty(e)&&((t=Object.create(t)).wrapped=!0),this.elementProperties.set(e,t),!t.noAccessor){let r=Symbol(),s=this.getPropertyDescriptor(e,r,t);s!==void 0&&ws(this.prototype,e,s)}}static getPropertyDescriptor(e,t,r){let{get:s,set:o}=$s(this.prototype,e)??{get(){return this[t]},set(a){this[t]=a}};return{get:s,set(a){let i=s?.call(this);o?.call(this,a),this.requestUpdate(e,i,r)},configurable:!0,enumerable:!0}}static getPropertyOptions(e){return this.elementProperties.get(e)??vn}static _$Ei(){if(this.hasOwnProperty(xe("elementProperties")))return;let e=Ss(this);e.finalize(),e.l!==void 0&&(this.l=[...e.l]),this.elementProperties=new Map(e.elementProperties)}static finalize(){if(this.hasOwnProperty(xe("finalized")))return;if(this.finalized=!0,this._$Ei(),this.hasOwnProperty(xe("properties"))){let t=this.properties,r=[..._s(t),...ks(t)];for(let s of r)this.createProperty(s,t[s])}let e=this[Symbol.metadata];if(e!==null){let t=litPropertyMetadata.get(e);if(t!==void 0)for(let[r,s]of t)this.elementProperties.set(r,s)}this._$Eh=new Map;for(let[t,r]of this.elementProperties){let s=this._$Eu(t,r);s!==void 0&&this._$Eh.set(s,t)}this.elementStyles=this.finalizeStyles(this.styles)}static finalizeStyles(e){let t=[];if(Array.isArray(e)){let r=new Set(e.flat(1/0).reverse());for(let s of r)t.unshift(ft(s))}else e!==void 0&&t.push(ft(e));return t}static _$Eu(e,t){let r=t.attribute;return r===!1?void 0:typeof r=="string"?r:typeof e=="string"?e.toLowerCase():void 0}constructor(){super(),this._$Ep=void 0,this.isUpdatePending=!1,this.hasUpdated=!1,this._$Em=null,this._$Ev()}_$Ev(){this._$ES=new Promise(e=>this.enableUpdating=e),this._$AL=new Map,this._$E_(),this.requestUpdate(),this.constructor.l?.forEach(e=>e(this))}addController(e){(this._$EO??=new Set).add(e),this.renderRoot!==void 0&&this.isConnected&&e.hostConnected?.()}removeController(e){this._$EO?.delete(e)}_$E_(){let e=new Map,t=this.constructor.elementProperties;for(let r of t.keys())this.hasOwnProperty(r)&&(e.set(r,this[r]),delete this[r]);e.size>0&&(this._$Ep=e)}createRenderRoot(){let e=this.shadowRoot??this.attachShadow(this.constructor.shadowRootOptions);return bn(e,this.constructor.elementStyles),e}connectedCallback(){this.renderRoot??=this.createRenderRoot(),this.enableUpdating(!0),this._$EO?.forEach(e=>e.hostConnected?.())}enableUpdating(e){}disconnectedCallback(){this._$EO?.forEach(e=>e.hostDisconnected?.())}attributeChangedCallback(e,t,r){this._$AK(e,r)}_$ET(e,t){let r=this.constructor.elementProperties.get(e),s=this.constructor._$Eu(e,r);if(s!==void 0&&r.reflect===!0){let o=(r.converter?.toAttribute!==void 0?r.converter:ht).toAttribute(t,r.type);this._$Em=e,o==null?this.removeAttribute(s):this.setAttribute(s,o),this._$Em=null}}_$AK(e,t){let r=this.constructor,s=r._$Eh.get(e);if(s!==void 0&&this._$Em!==s){let o=r.getPropertyOptions(s),a=typeof o.converter=="function"?{fromAttribute:o.converter}:o.converter?.fromAttribute!==void 0?o.converter:ht;this._$Em=s;let i=a.fromAttribute(t,o.type);this[s]=i??this._$Ej?.get(s)??i,this._$Em=null}}requestUpdate(e,t,r,s=!1,o){if(e!==void 0){let a=this.constructor;if(s===!1&&(o=this[e]),r??=a.getPropertyOptions(e),!((r.hasChanged??wn)(o,t)||r.useDefault&&r.reflect&&o===this._$Ej?.get(e)&&!this.hasAttribute(a._$Eu(e,r))))return;this.C(e,t,r)}this.isUpdatePending===!1&&(this._$ES=this._$EP())}C(e,t,{useDefault:r,reflect:s,wrapped:o},a){r&&!(this._$Ej??=new Map).has(e)&&(this._$Ej.set(e,a??t??this[e]),o!==!0||a!==void 0)||(this._$AL.has(e)||(this.hasUpdated||r||(t=void 0),this._$AL.set(e,t)),s===!0&&this._$Em!==e&&(this._$Eq??=new Set).add(e))}async _$EP(){this.isUpdatePending=!0;try{await this._$ES}catch(t){Promise.reject(t)}let e=this.scheduleUpdate();return e!=null&&await e,!this.isUpdatePending}scheduleUpdate(){return this.performUpdate()}performUpdate(){if(!this.isUpdatePending)return;if(!this.hasUpdated){if(this.renderRoot??=this.createRenderRoot(),this._$Ep){for(let[s,o]of this._$Ep)this[s]=o;this._$Ep=void 0}let r=this.constructor.elementProperties;if(r.size>0)for(let[s,o]of r){let{wrapped:a}=o,i=this[s];a!==!0||this._$AL.has(s)||i===void 0||this.C(s,void 0,o,i)}}let e=!1,t=this._$AL;try{e=this.shouldUpdate(t),e?(this.willUpdate(t),this._$EO?.forEach(r=>r.hostUpdate?.()),this.update(t)):this._$EM()}catch(r){throw e=!1,this._$EM(),r}e&&this._$AE(t)}willUpdate(e){}_$AE(e){this._$EO?.forEach(t=>t.hostUpdated?.()),this.hasUpdated||(this.hasUpdated=!0,this.firstUpdated(e)),this.updated(e)}_$EM(){this._$AL=new Map,this.isUpdatePending=!1}get updateComplete(){return this.getUpdateComplete()}getUpdateComplete(){return this._$ES}shouldUpdate(e){return!0}update(e){this._$Eq&&=this._$Eq.forEach(t=>this._$ET(t,this[t])),this._$EM()}updated(e){}firstUpdated(e){}};F.elementStyles=[],F.shadowRootOptions={mode:"open"},F[xe("elementProperties")]=new Map,F[xe("finalized")]=new Map,Os?.({ReactiveElement:F}),(Ie.reactiveElementVersions??=[]).push("2.1.2");var yt=globalThis,$n=n=>n,Ue=yt.trustedTypes,_n=Ue?Ue.createPolicy("lit-html",{createHTML:n=>n}):void 0,bt="$lit$",j=`lit$${Math.random().toFixed(9).slice(2)}$`,xt="?"+j,Rs=`<${xt}>`,te=document,we=()=>te.createComment(""),$e=n=>n===null||typeof n!="object"&&typeof n!="function",vt=Array.isArray,En=n=>vt(n)||typeof n?.[Symbol.iterator]=="function",gt=`[ 	
\f\r]`,ve=/<(?:(!--|\/[^a-zA-Z])|(\/?[a-zA-Z][^>\s]*)|(\/?$))/g,kn=/-->/g,Sn=/>/g,Z=RegExp(`>|${gt}(?:([^\\s"'>=/]+)(${gt}*=${gt}*(?:[^ 	
\f\r"'\`<>=]|("|')|))|$)`,"g"),An=/'/g,On=/"/g,Mn=/^(?:script|style|textarea|title)$/i,wt=n=>(e,...t)=>({_$litType$:n,strings:e,values:t}),d=wt(1),V=wt(2),Da=wt(3),O=Symbol.for("lit-noChange"),u=Symbol.for("lit-nothing"),Rn=new WeakMap,ee=te.createTreeWalker(te,129);function Tn(n,e){if(!vt(n)||!n.hasOwnProperty("raw"))throw Error("invalid template strings array");return _n!==void 0?_n.createHTML(e):e}var Pn=(n,e)=>{let t=n.length-1,r=[],s,o=e===2?"<svg>":e===3?"<math>":"",a=ve;for(let i=0;i<t;i++){let l=n[i],p,c,m=-1,h=0;for(;h<l.length&&(a.lastIndex=h,c=a.exec(l),c!==null);)h=a.lastIndex,a===ve?c[1]==="!--"?a=kn:c[1]!==void 0?a=Sn:c[2]!==void 0?(Mn.test(c[2])&&(s=RegExp("</"+c[2],"g")),a=Z):c[3]!==void 0&&(a=Z):a===Z?c[0]===">"?(a=s??ve,m=-1):c[1]===void 0?m=-2:(m=a.lastIndex-c[2].length,p=c[1],a=c[3]===void 0?Z:c[3]==='"'?On:An):a===On||a===An?a=Z:a===kn||a===Sn?a=ve:(a=Z,s=void 0);let y=a===Z&&n[i+1].startsWith("/>")?" ":"";o+=a===ve?l+Rs:m>=0?(r.push(p),l.slice(0,m)+bt+l.slice(m)+j+y):l+j+(m===-2?i:y)}return[Tn(n,o+(n[t]||"<?>")+(e===2?"</svg>":e===3?"</math>":"")),r]},_e=class n{constructor({strings:e,_$litType$:t},r){let s;this.parts=[];let o=0,a=0,i=e.length-1,l=this.parts,[p,c]=Pn(e,t);if(this.el=n.createElement(p,r),ee.currentNode=this.el.content,t===2||t===3){let m=this.el.content.firstChild;m.replaceWith(...m.childNodes)}for(;(s=ee.nextNode())!==null&&l.length<i;){if(s.nodeType===1){if(s.hasAttributes())for(let m of s.getAttributeNames())if(m.endsWith(bt)){let h=c[a++],y=s.getAttribute(m).split(j),$=/([.?@])?(.*)/.exec(h);l.push({type:1,index:o,name:$[2],strings:y,ctor:$[1]==="."?De:$[1]==="?"?Be:$[1]==="@"?Ke:re}),s.removeAttribute(m)}else m.startsWith(j)&&(l.push({type:6,index:o}),s.removeAttribute(m));if(Mn.test(s.tagName)){let m=s.textContent.split(j),h=m.length-1;if(h>0){s.textContent=Ue?Ue.emptyScript:"";for(let y=0;y<h;y++)s.append(m[y],we()),ee.nextNode(),l.push({type:2,index:++o});s.append(m[h],we())}}}else if(s.nodeType===8)if(s.data===xt)l.push({type:2,index:o});else{let m=-1;for(;(m=s.data.indexOf(j,m+1))!==-1;)l.push({type:7,index:o}),m+=j.length-1}o++}}static createElement(e,t){let r=te.createElement("template");return r.innerHTML=e,r}};function ne(n,e,t=n,r){if(e===O)return e;let s=r!==void 0?t._$Co?.[r]:t._$Cl,o=$e(e)?void 0:e._$litDirective$;return s?.constructor!==o&&(s?._$AO?.(!1),o===void 0?s=void 0:(s=new o(n),s._$AT(n,t,r)),r!==void 0?(t._$Co??=[])[r]=s:t._$Cl=s),s!==void 0&&(e=ne(n,s._$AS(n,e.values),s,r)),e}var ze=class{constructor(e,t){this._$AV=[],this._$AN=void 0,this._$AD=e,this._$AM=t}get parentNode(){return this._$AM.parentNode}get _$AU(){return this._$AM._$AU}u(e){let{el:{content:t},parts:r}=this._$AD,s=(e?.creationScope??te).importNode(t,!0);ee.currentNode=s;let o=ee.nextNode(),a=0,i=0,l=r[0];for(;l!==void 0;){if(a===l.index){let p;l.type===2?p=new ce(o,o.nextSibling,this,e):l.type===1?p=new l.ctor(o,l.name,l.strings,this,e):l.type===6&&(p=new Fe(o,this,e)),this._$AV.push(p),l=r[++i]}a!==l?.index&&(o=ee.nextNode(),a++)}return ee.currentNode=te,s}p(e){let t=0;for(let r of this._$AV)r!==void 0&&(r.strings!==void 0?(r._$AI(e,r,t),t+=r.strings.length-2):r._$AI(e[t])),t++}},ce=class n{get _$AU(){return this._$AM?._$AU??this._$Cv}constructor(e,t,r,s){this.type=2,this._$AH=u,this._$AN=void 0,this._$AA=e,this._$AB=t,this._$AM=r,this.options=s,this._$Cv=s?.isConnected??!0}get parentNode(){let e=this._$AA.parentNode,t=this._$AM;return t!==void 0&&e?.nodeType===11&&(e=t.parentNode),e}get startNode(){return this._$AA}get endNode(){return this._$AB}_$AI(e,t=this){e=ne(this,e,t),$e(e)?e===u||e==null||e===""?(this._$AH!==u&&this._$AR(),this._$AH=u):e!==this._$AH&&e!==O&&this._(e):e._$litType$!==void 0?this.$(e):e.nodeType!==void 0?this.T(e):En(e)?this.k(e):this._(e)}O(e){return this._$AA.parentNode.insertBefore(e,this._$AB)}T(e){this._$AH!==e&&(this._$AR(),this._$AH=this.O(e))}_(e){this._$AH!==u&&$e(this._$AH)?this._$AA.nextSibling.data=e:this.T(te.createTextNode(e)),this._$AH=e}$(e){let{values:t,_$litType$:r}=e,s=typeof r=="number"?this._$AC(e):(r.el===void 0&&(r.el=_e.createElement(Tn(r.h,r.h[0]),this.options)),r);if(this._$AH?._$AD===s)this._$AH.p(t);else{let o=new ze(s,this),a=o.u(this.options);o.p(t),this.T(a),this._$AH=o}}_$AC(e){let t=Rn.get(e.strings);return t===void 0&&Rn.set(e.strings,t=new _e(e)),t}k(e){vt(this._$AH)||(this._$AH=[],this._$AR());let t=this._$AH,r,s=0;for(let o of e)s===t.length?t.push(r=new n(this.O(we()),this.O(we()),this,this.options)):r=t[s],r._$AI(o),s++;s<t.length&&(this._$AR(r&&r._$AB.nextSibling,s),t.length=s)}_$AR(e=this._$AA.nextSibling,t){for(this._$AP?.(!1,!0,t);e!==this._$AB;){let r=$n(e).nextSibling;$n(e).remove(),e=r}}setConnected(e){this._$AM===void 0&&(this._$Cv=e,this._$AP?.(e))}},re=class{get tagName(){return this.element.tagName}get _$AU(){return this._$AM._$AU}constructor(e,t,r,s,o){this.type=1,this._$AH=u,this._$AN=void 0,this.element=e,this.name=t,this._$AM=s,this.options=o,r.length>2||r[0]!==""||r[1]!==""?(this._$AH=Array(r.length-1).fill(new String),this.strings=r):this._$AH=u}_$AI(e,t=this,r,s){let o=this.strings,a=!1;if(o===void 0)e=ne(this,e,t,0),a=!$e(e)||e!==this._$AH&&e!==O,a&&(this._$AH=e);else{let i=e,l,p;for(e=o[0],l=0;l<o.length-1;l++)p=ne(this,i[r+l],t,l),p===O&&(p=this._$AH[l]),a||=!$e(p)||p!==this._$AH[l],p===u?e=u:e!==u&&(e+=(p??"")+o[l+1]),this._$AH[l]=p}a&&!s&&this.j(e)}j(e){e===u?this.element.removeAttribute(this.name):this.element.setAttribute(this.name,e??"")}},De=class extends re{constructor(){super(...arguments),this.type=3}j(e){this.element[this.name]=e===u?void 0:e}},Be=class extends re{constructor(){super(...arguments),this.type=4}j(e){this.element.toggleAttribute(this.name,!!e&&e!==u)}},Ke=class extends re{constructor(e,t,r,s,o){super(e,t,r,s,o),this.type=5}_$AI(e,t=this){if((e=ne(this,e,t,0)??u)===O)return;let r=this._$AH,s=e===u&&r!==u||e.capture!==r.capture||e.once!==r.once||e.passive!==r.passive,o=e!==u&&(r===u||s);s&&this.element.removeEventListener(this.name,this,r),o&&this.element.addEventListener(this.name,this,e),this._$AH=e}handleEvent(e){typeof this._$AH=="function"?this._$AH.call(this.options?.host??this.element,e):this._$AH.handleEvent(e)}},Fe=class{constructor(e,t,r){this.element=e,this.type=6,this._$AN=void 0,this._$AM=t,this.options=r}get _$AU(){return this._$AM._$AU}_$AI(e){ne(this,e)}},Ln={M:bt,P:j,A:xt,C:1,L:Pn,R:ze,D:En,V:ne,I:ce,H:re,N:Be,U:Ke,B:De,F:Fe},Es=yt.litHtmlPolyfillSupport;Es?.(_e,ce),(yt.litHtmlVersions??=[]).push("3.3.3");var Cn=(n,e,t)=>{let r=t?.renderBefore??e,s=r._$litPart$;if(s===void 0){let o=t?.renderBefore??null;r._$litPart$=s=new ce(e.insertBefore(we(),o),o,void 0,t??{})}return s._$AI(n),s};var $t=globalThis,w=class extends F{constructor(){super(...arguments),this.renderOptions={host:this},this._$Do=void 0}createRenderRoot(){let e=super.createRenderRoot();return this.renderOptions.renderBefore??=e.firstChild,e}update(e){let t=this.render();this.hasUpdated||(this.renderOptions.isConnected=this.isConnected),super.update(e),this._$Do=Cn(t,this.renderRoot,this.renderOptions)}connectedCallback(){super.connectedCallback(),this._$Do?.setConnected(!0)}disconnectedCallback(){super.disconnectedCallback(),this._$Do?.setConnected(!1)}render(){return O}};w._$litElement$=!0,w.finalized=!0,$t.litElementHydrateSupport?.({LitElement:w});var Ms=$t.litElementPolyfillSupport;Ms?.({LitElement:w});($t.litElementVersions??=[]).push("4.2.2");function g(n){return typeof n=="number"&&Number.isFinite(n)?n:null}function ke(n){return n===void 0||n.trim()===""?null:g(Number(n))}function x(n){return typeof n=="string"?n:""}function Hn(n){return g(Date.parse(x(n)))}function L(n){return Array.isArray(n)?n.filter(e=>typeof e=="string"):[]}function E(n){return typeof n=="object"&&n!==null&&!Array.isArray(n)?n:{}}function je(n){return Array.isArray(n)?n.map(E):[]}function ue(n){return Object.fromEntries(Object.entries(E(n)).map(([e,t])=>[e,g(t)]))}function C(n){let e=0;for(let t of n)e+=t;return e}var I={sentence:"",code:"",values:{}};function K(n,e="reason"){let t=Object.entries(E(n[`${e}_values`])).flatMap(([r,s])=>{let o=typeof s=="string"?s:g(s);return o===null?[]:[[r,o]]});return{sentence:x(n[e]),code:x(n[`${e}_code`]),values:Object.fromEntries(t)}}var Nn=new Map,Ts=2500,Ps=2e4,Se=15e3;function Wn(n,e,t,r,s=Se){return Ge(n,e,{wanted:t,stage:"sent",refusal:I,sinceMs:r,patienceMs:s})}function In(n,e,t,r,s){let o=n.get(e);return o?.sinceMs!==t||o.stage!=="sent"?n:Ge(n,e,{...o,stage:r===null?"taken":"refused",refusal:r??I,sinceMs:s})}function Un(n,e,t){let r=n;for(let[s,o]of n){let a=t-o.sinceMs;if(o.stage==="taken"&&Cs(e(s),o.wanted))r=Ge(r,s,{...o,stage:"confirmed",sinceMs:t});else if(o.stage==="taken"&&a>o.patienceMs)r=Ge(r,s,{...o,stage:"late",sinceMs:t});else if(Ls(o,a)){let i=new Map(r);i.delete(s),r=i}}return r}function R(n,e,t){let r=n.get(e);return r?.stage==="sent"||r?.stage==="taken"||r?.stage==="confirmed"?r.wanted:t}function H(n,e){let t=n.get(e)?.stage;return t==="sent"||t==="taken"}function Ls(n,e){return n.stage==="confirmed"?e>Ts:(n.stage==="refused"||n.stage==="late")&&e>Ps}function Cs(n,e){return typeof n=="number"&&typeof e=="number"?Math.abs(n-e)<.05:n===e}function Ge(n,e,t){return new Map(n).set(e,t)}var _t=["#2870c0","#687800","#985888","#00965a","#a07008","#007888","#c08060","#587858","#b078d8","#7d6455"];function zn(n){return _t[n%_t.length]??_t[0]}var q="var(--fb-house)",Y="var(--energy-solar-color, #ff9800)",Ve="var(--energy-grid-consumption-color, #488fc2)",se="var(--energy-grid-return-color, #8353d1)",X="var(--energy-battery-in-color, #f06292)",me="var(--energy-battery-out-color, #4db6ac)";function qe(n){return`repeating-linear-gradient(-45deg, ${n} 0 3px, transparent 3px 6px)`}function Bn(n){return{reason:K(n,"plan_reason"),cost:g(n.plan_cost),slots:At(n.plan),atOnce:g(n.plan_cost_at_once),missingKwh:g(n.missing_kwh)??0}}function Kn(n,e,t,r){let s=r.trim()===""?{}:{max_price:Number(r)};return e.trim()===""?s:{ready_by:n,[t]:Number(e),...s}}function oe({state:n}){return n!=="none"&&n!=="done"}var Ae="sensor.fusebox_prices";function Fn(n){let e=x(n.plan_state);return e===""?null:{state:e,reason:K(n,"plan_reason"),cost:g(n.plan_cost),slots:At(n.plan),asked:Ns(E(n.plan_asked))}}var Hs=["energy_kwh","soc_target_pct","hours","max_price"];function Ns(n){let e=Hs.flatMap(r=>g(n[r])===null?[]:[[r,g(n[r])]]),t=x(n.ready_by);return{...Object.fromEntries(e),.../^\d\d:\d\d$/.test(t)?{readyBy:t}:{}}}function jn(n){let e=[];for(let{startMs:t,endMs:r}of[...n].sort((s,o)=>s.startMs-o.startMs)){let s=e.at(-1);s!==void 0&&t<=s.endMs?s.endMs=Math.max(s.endMs,r):e.push({startMs:t,endMs:r})}return e}var N=36e5,Ws=14*N;function Gn(n,e,t,r){let s=Math.min(Math.max(n,...t.map(a=>a.endMs)),n+e*N),o=r.flatMap(a=>a.plan?.slots.map(i=>i.endMs)??[]);return Math.max(s,Math.min(Math.max(n,...o),n+Ws))}function kt(n){return At(n[Ae]?.attributes.slots).filter(e=>e.price!==null)}function Vn(n){return x(n[Ae]?.attributes.unit_of_measurement)}var Dn=new WeakMap;function qn(n){let e=n[Ae]??Is,t=Dn.get(e)??Yn(kt(n).map(r=>r.price??0));return Dn.set(e,t),t}var Is={};function St(n,e){let{min:t,none:r,step:s}=n;return e===void 0||e>=t&&e<r?n:Yn([t,r-s,e])}function Yn(n){let e=Math.min(0,...n),t=Math.max(...n.length===0?[1]:n,e+.01),r=Math.max(2-Math.floor(Math.log10(t-e)),0),s=10**-r,o=a=>Number((a*s).toFixed(r));return{min:o(Math.floor(e/s+1e-6)),none:o(Math.ceil(t/s-1e-6)+1),step:o(1),decimals:r}}function At(n){return je(n).map(e=>({startMs:Date.parse(x(e.start)),endMs:Date.parse(x(e.end)),price:g(e.price)})).filter(e=>e.endMs>e.startMs)}var fe=["stop_soc_pct","stop_energy_kwh"],Us="sensor.fusebox_",zs={plug:"mdi:power-socket-eu",tank:"mdi:water-boiler",sg_ready:"mdi:heat-pump",thermostat:"mdi:thermostat",radiators:"mdi:radiator",quasar:"mdi:car-electric",power:"mdi:heating-coil"};function Ye(n,e,t,r){let s=n.attributes,o=Fs(ue(s.draw_a)),a=n.entity_id.slice(Us.length),i=r[`${n.entity_id}_energy`],l=ke(r[`${n.entity_id}_power`]?.state),p=Object.keys(o).length===0?null:C(Object.values(o))*e.voltageV;return{entity:n.entity_id,name:a,title:Ks(x(s.friendly_name),a),icon:zs[x(s.type)]??"mdi:ev-station",colour:zn(t),status:x(s.status)||"unavailable",mode:x(s.mode),modes:L(s.modes),boosted:typeof s.boosted=="boolean"?s.boosted:null,circuit:x(s.circuit)||"main",phases:L(s.phases),phasesUsed:L(s.phases_used).length||null,canSwitchPhases:g(s.phase_switches)!==null&&L(s.phases).length>1,phasesReason:K(s,"phases_reason"),drawA:o,drawW:p??l,share:ke(n.state),unit:x(s.unit_of_measurement),reason:K(s),limitedBy:x(s.limited_by),currentA:js(g(s.min_a),g(s.max_a),g(s.highest_a)),...Bs(i?.attributes??{}),socPct:g(s.soc_pct),readyMs:Hn(s.ready_at),plan:Fn(s),vehicle:x(s.vehicle),vehicles:L(s.vehicles),stops:Object.fromEntries(fe.filter(c=>c in s).map(c=>[c,g(s[c])??0]))}}var Ds=.05;function Bs(n){let e=g(n.session_kwh);return e===null||e<Ds?{sessionKwh:null,sessionSolarPct:null,sessionCost:null}:{sessionKwh:e,sessionSolarPct:g(n.session_solar_pct),sessionCost:g(n.session_cost)}}function Xn({phases:n,phasesUsed:e}){return e??n.length}function Ks(n,e){let t=n.startsWith("Fusebox ")?n.slice(8):n||e;return Oe(t)}function Oe(n){let e=n.replaceAll("_"," ");return e.charAt(0).toUpperCase()+e.slice(1)}function Fs(n){return Object.fromEntries(Object.entries(n).filter(e=>e[1]!==null))}function js(n,e,t){return n===null||e===null?null:{min:n,max:Math.min(e,t??e),top:t??e}}var Qn=["mode","boost","max","phases","vehicle","plan",...fe],Gs=3e5;function Jn(n){return n==="phases"?Gs:Se}function Zn(n){return fe.some(e=>e===n)}function Vs(n,e){return n==="mode"?{service:"fusebox_set_mode",data:{mode:e}}:n==="boost"?{service:"fusebox_boost",data:{state:e}}:n==="max"?{service:"fusebox_set_max_current",data:{current_a:e}}:n==="phases"?{service:"fusebox_switch_phases",data:{phases:e}}:n==="vehicle"?{service:"fusebox_set_vehicle",data:{vehicle:e}}:Zn(n)?{service:"fusebox_set_limit",data:{[n]:e}}:typeof e=="object"?{service:"fusebox_set_plan",data:{...e}}:{service:"fusebox_clear_plan",data:{}}}function _(n,e){return`${n.entity} ${e}`}function er(n,e,t){return e==="plan"?qs(n,t):e==="mode"?n.mode:e==="boost"?n.boosted:e==="vehicle"?n.vehicle:Zn(e)?n.stops[e]??0:e==="phases"?n.phasesUsed:n.currentA?.max??null}function qs(n,e){return n.plan!==null&&n.plan.state!=="none"||typeof e!="object"?e:null}async function tr(n,e,t,r){let{service:s,data:o}=Vs(t,r);return rr(n,s,{load:e.name,...o})}async function nr(n,{owner:e,key:t},r){return rr(n,"fusebox_set",{load:e,[t]:r})}async function rr(n,e,t){try{return await n.callService("pyscript",e,t,void 0,!1),null}catch(r){return or(r)}}async function sr(n,e,t){try{let r={type:"call_service",domain:"pyscript",service:e,service_data:t,return_response:!0};return{told:E(E(await n.callWS(r)).response),refusal:null}}catch(r){return{told:{},refusal:or(r)}}}function or(n){let{message:e,translation_key:t,translation_placeholders:r}=E(n),{path:s,...o}=E(r),a=x(e).replace(/^Validation error: /,"");return{...K({reason_code:t,reason_values:o}),sentence:a}}var M="sensor.fusebox_site",Ys=new Set(["unavailable","unknown"]);function Xe(n){let e=n[M],t=e?.attributes??{},r=ue(t.grid_a);return{state:e===void 0||Ys.has(e.state)?"missing":e.state,reason:K(t),version:x(t.version),more:[...L(t.errors).slice(1),...L(t.warnings)],phases:Object.keys(r).sort(),gridA:r,fuseA:g(t.fuse_a),voltageV:g(t.voltage_v)??230,circuits:Object.entries(E(t.circuits)).map(([s,o])=>Xs(s,E(o))),silentS:ue(t.silent_s),solarW:g(t.solar_w),batteryPct:g(t.battery_soc_pct),batteryW:g(t.battery_charge_w),loads:L(t.loads)}}function Xs(n,e){return{name:n,parent:x(e.parent),fuseA:g(e.fuse_a)??0,flowA:ue(e.flow_a)}}function ar(n,e){return n.version!==""&&n.version!==e}function Ot(n){return n.solarW!==null||n.batteryW!==null||n.batteryPct!==null}function ir(n,e){let t=n.phases.filter(i=>(n.gridA[i]??null)!==null);if(!Ot(n)||t.length===0)return{};let r=((n.solarW??0)-(n.batteryW??0))/n.voltageV,s=t.map(i=>(e[i]??0)-(n.gridA[i]??0)),o=Qs(s,r),a=r<0?o:Math.max(o,0);return Object.fromEntries(t.map((i,l)=>[i,Math.max(s[l]??0,a)]))}function Qs(n,e){let t=[...n].sort((r,s)=>r-s);for(let r=t.length;r>0;r--){let s=(e-C(t.slice(r)))/r;if(s>=(t[r-1]??0))return s}return t[0]??0}function lr({solarW:n,batteryW:e}){return Math.max(-(e??0),0)>(n??0)?"battery":"sun"}function Qe(n){let e=0;for(let t of n.phases){let r=n.gridA[t]??null;if(r===null)return null;e+=r*n.voltageV}return n.phases.length===0?null:e}var Js=50;function dr(n){return n===null||Math.abs(n)<Js?"rests":n>0?"in":"out"}var Zs=["priority","shared","optimized","strict"],pr={min:0,max:100,step:1,unit:"%"},eo={min:5,max:95,step:1,unit:"°C"},to={min:5,max:35,step:.5,unit:"°C"},no=[{key:"distribution",label:"set_distribution",options:Zs},{key:"max_import_w",label:"set_max_import_w",span:(n,e)=>({min:0,max:Rt(e,e.phases.length),step:100,unit:"W"})},{key:"soc_target_pct",label:"set_soc_target_pct",span:()=>pr},{key:"soc_min_pct",label:"set_soc_min_pct",span:()=>pr},{key:"allow_grid_charging",label:"set_allow_grid_charging"},{key:"dry_run",label:"set_dry_run"}],ro=[{key:"min_a",label:"set_min_a",span:n=>({min:6,max:g(n.highest_a)??6,step:1,unit:"A"})},{key:"rated_w",label:"set_rated_w",span:(n,e)=>({min:25,max:Rt(e,ur(n)),step:10,unit:"W"})},{key:"max_w",label:"set_max_w",span:(n,e)=>({min:25,max:Rt(e,ur(n)),step:10,unit:"W"})},{key:"normal_c",label:"set_normal_c",span:cr},{key:"boost_c",label:"set_boost_c",span:cr}];function Je({entity:n,key:e}){return`${n} set:${e}`}function Et(n,e,t){let r=n[t]?.attributes??{},s=t===M,o=t.slice(15);return(s?no:ro).filter(({key:a})=>a in r).map(({key:a,label:i,span:l,options:p})=>({entity:t,owner:o,key:a,label:i,value:Mt(r[a]),span:l===void 0?null:l(r,e),options:p??[]})).filter(a=>a.span===null||a.span.min<a.span.max)}function Mt(n){return typeof n=="boolean"?n:g(n)??(x(n)||null)}function cr(n){return n.type==="thermostat"?to:eo}function Rt(n,e){return Math.round((n.fuseA??0)*n.voltageV*e)}function ur(n){return Array.isArray(n.phases)?n.phases.length:1}var Ze=class{constructor(e){this.host=e;this.asks=Nn;this.wanted=e=>{let{load:t,control:r,value:s}=e.detail,o=_(t,r);this.ask(o,s,Jn(r),a=>tr(a,t,r,s))};this.set=e=>{let{setting:t,value:r}=e.detail;this.ask(Je(t),r,Se,s=>nr(s,t,r))};this.question=({detail:e})=>{let{current:t}=this.host;t!==void 0&&(e.answer=sr(t,e.service,e.data))};e.addController(this)}hostConnected(){this.host.addEventListener("fusebox-wanted",this.wanted),this.host.addEventListener("fusebox-set",this.set),this.host.addEventListener("fusebox-question",this.question)}hostDisconnected(){this.host.removeEventListener("fusebox-wanted",this.wanted),this.host.removeEventListener("fusebox-set",this.set),this.host.removeEventListener("fusebox-question",this.question)}settle(){this.asks.size>0&&this.become(Un(this.asks,e=>this.shown(e),Date.now()))}async ask(e,t,r,s){let{current:o}=this.host;if(o===void 0)return;let a=Date.now();this.become(Wn(this.asks,e,t,a,r));let i=await s(o);this.become(In(this.asks,e,a,i,Date.now())),this.settle()}shown(e){let[t,r=""]=e.split(" ");if(r.startsWith("set:"))return Mt(this.host.current?.states[t??""]?.attributes[r.slice(4)]);let s=this.host.house?.loads.find(a=>a.entity===t),o=this.asks.get(e)?.wanted;return s===void 0||o===void 0?null:er(s,r,o)}become(e){e!==this.asks&&(this.asks=e,this.host.requestUpdate())}};var so={comma_decimal:"en",decimal_comma:"de",space_comma:"fr",quote_decimal:"de-CH",none:"en-US-u-va-posix"};function Tt({language:n,locale:e}){let t=e?.number_format??"language";return t==="system"?navigator.language:so[t]??n}function oo({connected:n,config:e}){return n===!1?"unreachable":(e?.state??"RUNNING")==="RUNNING"?"whole":"starting"}var ao=3e4;function mr(n,e,t){let r=oo(n);return r==="starting"?{link:r,startingMs:t}:r==="whole"&&t-e.startingMs<ao?{...e,link:"starting"}:{...e,link:r}}var fr=6e4,io=3*fr,lo=60;function hr(n,e,t,r){if(n===void 0)return null;if(e==="unreachable"&&t!==null)return{minutes:Re(r-t),of:"all"};let s=Date.parse(n.last_updated??"");if(r-s>io)return{minutes:Re(r-s),of:"all"};let o=g(n.attributes.data_age_s)??0;return o>lo?{minutes:Re(1e3*o),of:"meter"}:null}function gr(n,e){return n?.minutes===e?.minutes&&n?.of===e?.of?n:e}function Re(n){return Math.floor(Math.max(n,0)/fr)}var po=1;function et(n,e){let t=Qe(n);if(t===null)return null;let r=Math.max(n.solarW??0,0),s=n.batteryW??0,o=e.map(({entity:m,title:h,colour:y,drawW:$})=>ae(m,y,$??0,h)),a=Math.max(0,t+r-s-C(o.map(m=>m.watts))),i=o.filter(m=>m.watts<0).map(m=>({...m,watts:-m.watts})),l=yr([ae("sun",Y,r),ae("battery",me,-s),...i,ae("grid",Ve,t)]),p=yr([ae("house",q,a),...o,ae("battery",X,s),ae("export",se,-t)]),c=Math.max(C(l.map(m=>m.watts)),C(p.map(m=>m.watts)));return{from:l,to:p,totalW:c,houseW:a}}function ae(n,e,t,r=""){return{key:n,colour:e,watts:t,title:r}}function yr(n){return n.filter(e=>e.watts>po)}function Pt(n){return Object.values(n).filter(e=>e!==void 0&&co(e)).map(uo)}function co(n){return n.entity_id.startsWith("pyscript.")&&Array.isArray(n.attributes.radiators)&&"live"in n.attributes}function uo(n){let{live:e,requested:t,boost:r}=n.attributes;return{entity:n.entity_id,title:x(n.attributes.friendly_name).replace(/^Fusebox /,""),dots:L(n.attributes.radiators).map((s,o)=>({name:s,is:tt(e,o)?"on":tt(t,o)||tt(r,o)?"waits":"warm",boosted:tt(r,o)})),allowed:g(n.attributes.allowed),reason:x(n.attributes.reason)}}function tt(n,e){return Array.isArray(n)&&n[e]===1}var Lt="sensor.fusebox_peak";function br({projectedKw:n,targetKw:e,monthKw:t}){let r=Math.max(n??0,0),s=Math.min(r,e??r);return{withinKw:s,beyondKw:r-s,endKw:Math.max(r,(e??0)*1.25,(t??0)*1.1,1)}}function xr(n){let e=n[Lt];if(e===void 0||e.state==="unavailable")return null;let t=e.attributes;return{projectedKw:ke(e.state),targetKw:g(t.target_kw),monthKw:g(t.month_peak_kw),leftS:g(t.seconds_left)??0,windowMin:g(t.window_min)??15,allowedW:g(t.allowed_import_w),reason:x(t.reason)}}function $r(n,e){if(e!==null&&wr(vr(n,e.site),e.made))return e;let t=Xe(n),r=new Map(e?.loads.map(m=>[m.entity,m])),s=new Map,o=[];t.loads.forEach((m,h)=>{let y=n[m];if(y===void 0)return;let $=[..._r(n,m),h,t.voltageV],He=wr($,e?.madeOf.get(m)??[])?r.get(m):void 0;o.push(He??Ye(y,t,h,n)),s.set(m,$)});let a=vr(n,t),[i,l,p,c]=[xr(n),mo(n),Vn(n),qn(n)];return{site:t,loads:o,tariff:i,groups:l,priceUnit:p,priceSpan:c,made:a,madeOf:s}}function vr(n,e){let t=e.loads.flatMap(r=>_r(n,r));return[...[M,Lt,Ae,...kr(n)].map(r=>n[r]),...t]}function _r(n,e){return[n[e],n[`${e}_energy`],n[`${e}_power`]]}var Ct={count:-1,ids:[]};function kr(n){let e=Object.keys(n).length;return e!==Ct.count&&(Ct={count:e,ids:Pt(n).map(t=>t.entity)}),Ct.ids}function mo(n){return Pt(Object.fromEntries(kr(n).map(e=>[e,n[e]])))}function wr(n,e){return n.length===e.length&&n.every((t,r)=>t===e[r])}var Ee=.05;function Sr(n,e){return n.fuseA===null?[]:[{name:"main",parent:"",fuseA:n.fuseA,flowA:n.gridA},...n.circuits].map(r=>({name:r.name,fuseA:r.fuseA,bars:Object.keys(r.flowA).sort().map(s=>({...go(r,s,Ar(r,n,e),fo(r,s,n,e)),silentMin:ho(n,r,s)}))}))}function fo(n,e,t,r){return Ot(t)?n.name==="main"?Ht(t,r,e):Math.max(C(Me(e,Ar(n,t,r)).map(s=>s.amps))-(n.flowA[e]??0),0):null}function Ht(n,e,t){let r=Object.fromEntries(n.phases.map(s=>[s,C(Me(s,e).map(o=>o.amps))]));return ir(n,r)[t]??null}function ho({silentS:n},{name:e},t){let r=n[`${e} ${t}`]??null;return r===null?null:Re(1e3*r)}function go(n,e,t,r){let s=n.flowA[e]??null,o=s!==null&&Math.abs(s)>n.fuseA,a=s===null?null:n.fuseA-s,i=s===null?[]:Nt(s,Me(e,t),r),l=Math.max(-(s??0),0),p=o?yo(s,n.fuseA):null,c=s===null?0:Math.max(l,r??0);return{phase:e,flowA:s,fuseA:n.fuseA,freeA:a,over:o,beyondA:p,segments:i,ownA:c,exportA:l}}function yo(n,e){return n>0?[e,n]:[n,-e]}function Me(n,e){return e.map(({entity:t,title:r,colour:s,drawA:o})=>({key:t,title:r,colour:s,amps:o[n]??0}))}function Nt(n,e,t){let r=Math.max(t??0,0),s={key:"battery",title:"",colour:X,amps:Math.max(-(t??0),0)},o=[...e,s],a=n+r-C(o.map(c=>c.amps)),i=[],l=0-r,p=(c,m,h,y)=>{let $=t!==null?l+y:Math.min(l+y,Math.max(n,0));$-l>Ee&&i.push({key:c,title:m,colour:h,fromA:l,toA:$}),l=Math.max($,l)};p("house","",q,Math.max(a,0));for(let{key:c,title:m,colour:h,amps:y}of o)p(c,m,h,Math.max(y,0));return i}function Ar(n,e,t){if(n.name==="main")return t;let r=new Set([n.name]);for(let s of e.circuits)r.has(s.parent)&&r.add(s.name);return t.filter(s=>r.has(s.circuit))}function Or(n,e){let t=n[0]?.fuseA??0,r=n.flatMap(l=>l.bars.flatMap(p=>p.segments)),s=Math.min(0,...r.map(l=>l.fromA),...bo(n)),o=Math.max(t,...r.map(l=>l.toA)),a=-Math.ceil(-s/(t/4||1))*(t/4),i=Math.max(t*1.12,Math.min(o*1.04,t*2));return{leftA:Math.min(a,e?.leftA??0)||0,rightA:Math.max(i,e?.rightA??0)}}function bo(n){return n.flatMap(e=>e.bars.map(t=>t.flowA??0))}var Rr=v`
  :host {
    container-type: inline-size;
  }
  ha-card {
    display: block;
    padding: 16px;
    overflow: hidden;
  }
  .parts {
    display: grid;
    gap: 20px 28px;
    grid-template-columns: minmax(0, 1fr);
  }
  /* What is shown is old: grey, and still to be read. Of a silent meter that are its own row, and the sum. */
  .unreachable > * > :not(fusebox-card-head),
  .old-all > * > :not(fusebox-card-head),
  .old-meter > .wire > fusebox-card-flow,
  .old-meter > .wire > fusebox-card-tariff {
    filter: grayscale(1);
    --fb-grey: color-mix(in srgb, var(--secondary-text-color, #727272) 75%, var(--primary-text-color, #212121));
  }
  section {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
    align-content: start;
    min-width: 0;
  }
  fusebox-card-load + fusebox-card-load,
  fusebox-card-load + fusebox-card-radiators {
    border-top: 1px solid var(--fb-line);
    padding-top: 14px;
  }
  .loads {
    gap: 14px;
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  .today {
    border-top: 1px solid var(--fb-line);
    padding-top: 16px;
  }
  footer {
    margin-top: 16px;
    color: var(--fb-warn);
    font-size: 12.5px;
  }
  @container (min-width: 700px) {
    .parts {
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      grid-template-rows: auto 1fr;
    }
    .loads {
      grid-row: span 2;
      border-top: none;
      padding-top: 0;
    }
  }
  @container (min-width: 1250px) {
    .parts {
      grid-template-columns: minmax(0, 5fr) minmax(0, 7fr);
    }
    .today {
      grid-column: 1 / -1;
    }
    .loads {
      grid-row: auto;
      grid-template-columns: minmax(0, 1fr) minmax(0, 1fr);
      gap: 14px 28px;
    }
    .loads > :nth-child(2) {
      border-top: none;
      padding-top: 0;
    }
  }
`;var nt={card:{name:"Fusebox",description:"Phases, loads and today, at a glance",state_ok:"All is well",state_limited:"Loads are limited",state_over:"Too much current",state_blind:"No meter reading",state_fault:"A load has a fault",state_config_error:"CONFIG has a mistake",state_dry_run:"Dry run: nothing is commanded",state_missing:"Fusebox is not running",state_starting:"Home Assistant is starting",state_unreachable:"No connection to Home Assistant",status_charging:"charging",status_waiting:"waiting",status_paused:"paused",status_full:"full",status_unplugged:"unplugged",status_on:"on",status_off:"off",status_blind:"no reading",status_fault:"fault",status_switching:"switching phases",status_unavailable:"not available",mode_standard:"Standard",mode_continuous:"Always",mode_solar_priority:"Sun first",mode_solar_only:"Sun only",mode_excess:"Excess",mode_off:"Off",mode_normal:"Normal",mode_boost:"Boost",sun:"Sun",battery:"Battery",battery_in:"charging",battery_out:"discharging",grid:"Grid",house:"House",export:"Export",free:"free",over:"too much",of_fuse:"of {0}",may_have:"up to {0}",phase_count:"{0} phases",one_phase:"1 phase",mode:"Mode",boost:"Boost",at_most:"At most",price_at_most:"Price at most",session:"this session",confirmed:"Done",pending:"Sent …",late:"The device does not show it yet",no_loads:"No loads yet. Add them to CONFIG, and they appear here.",versions:"This card is version {0}, the scripts are {1}. Install both from one release, then reload the page.",not_running:"sensor.fusebox_site is missing. Check the log of pyscript, or call pyscript.fusebox_setup.",today:"Today",total:"Total",no_history:"No history yet",old:"readings are {0} min old",target:"target",fuse:"fuse",price:"price",now:"now",window:"These {0} minutes",window_left:"{0} min left",month_peak:"Month's peak",radiators:"Radiators",rad_on:"on",rad_waits:"waits",rad_warm:"warm enough",event_limited:"limited",event_shed:"stopped",event_blind:"no reading",event_recovered:"recovered",event_escalated:"needs attention",phases:"Phases",vehicle:"Car",guest:"Guest",ready_at:"ready at {0}",ready_on:"ready {0}",so_far:"{0} so far",runs:"Runs",cost:"Cost",missing:"Missing",at_once:"at once: {0}",this_month:"This month",history:"History",by_day:"By day",by_month:"By month",whose:"Whose",everybody:"All",saved:"Saved",saved_so_much:"saved {0}",ready_by:"Ready by",stop_at:"Stop at",any_amount:"any",no_limit:"no limit",how_much:"How much",unit:"Unit",set_plan:"Plan",clear_plan:"Clear",plan_none:"no plan",plan_waiting:"planned",plan_running:"plan is running",plan_done:"plan is done",plan_late:"plan is late",edit_title:"Title",edit_hours:"Hours of history",edit_hide_today:"Hide the chart of today",edit_controls:"Controls of loads",controls_auto:"open if there are few loads",controls_always:"always open",controls_tap:"open when tapped",would:"would {0}: {1}",settings:"Settings",set_distribution:"Sharing",set_max_import_w:"Import limit",set_soc_target_pct:"Battery target",set_soc_min_pct:"Battery minimum",set_allow_grid_charging:"Grid charging",set_dry_run:"Dry run",set_min_a:"At least",set_rated_w:"Rated power",set_max_w:"Highest power",set_normal_c:"Normal",set_boost_c:"Boost",share_priority:"By priority",share_shared:"Shared",share_optimized:"Optimized",share_strict:"Strictly in turn"}};var vo={...nt,values:{},reasons:{}},wo={no:"nb",nn:"nb"},Wt=new Map,$o=Tr(vo,"en");function It(n){let[e=""]=n.toLowerCase().split("-");return wo[e]??e}function Er(n){return n==="en"||Wt.has(n)}function Mr(n,{card:e,values:t,reasons:r}){Wt.set(n,Tr({card:{...nt.card,...e},values:t,reasons:r},n))}function ie(n){return Wt.get(It(n))??$o}function Tr(n,e){return Object.assign((r,...s)=>n.card[r].replace(/\{(\d)\}/g,(o,a)=>String(s[Number(a)]??"")),{language:n,locale:e})}function he(n,e){return e==="guest"?n("guest"):Oe(e)}function T(n,e,t){let r=`${e}_${t}`;return r in nt.card?n(r):t.replaceAll("_"," ")}function Pr(n){let e=ie(n),t=["auto","always","tap"].map(r=>({value:r,label:e(`controls_${r}`)}));return{schema:[{name:"title",selector:{text:{}}},{name:"controls",selector:{select:{mode:"dropdown",options:t}}},{name:"hours",selector:{number:{min:1,max:48,mode:"box"}}},{name:"hide_today",selector:{boolean:{}}}],computeLabel:r=>ie(n)(`edit_${r.name}`)}}var Lr=new Map;function k(n,e){Lr.set(n,e),customElements.get(n)===void 0&&customElements.define(n,e)}var _o=6e4,ko=50;function Cr(){let n=window.customElements,e=setInterval(()=>{if(window.customElements!==n)for(let[t,r]of Lr)k(t,r);else if(performance.now()<_o)return;clearInterval(e)},ko)}var S=v`
  :host {
    display: block;
    --fb-house: #858b96;
    --fb-text: var(--fb-grey, var(--primary-text-color, #212121));
    --fb-dim: var(--secondary-text-color, #727272);
    --fb-line: var(--divider-color, #e0e0e0);
    --fb-card: var(--ha-card-background, var(--card-background-color, #fff));
    --fb-track: color-mix(in srgb, var(--fb-text) 8%, transparent);
    --fb-accent: var(--primary-color, #03a9f4);
    --fb-bad: var(--error-color, #db4437);
    --fb-warn: var(--warning-color, #ffa600);
    --fb-good: var(--success-color, #43a047);
    color: var(--fb-text);
    font-size: 14px;
    line-height: 1.4;
    font-variant-numeric: tabular-nums;
  }
  h3 {
    margin: 0;
    font-size: 15px;
    font-weight: 500;
  }
  p {
    margin: 0;
  }
  .dim {
    color: var(--fb-dim);
  }
  .number {
    text-align: right;
    white-space: nowrap;
  }
  button {
    font: inherit;
    color: inherit;
    background: none;
    border: none;
    padding: 0;
    cursor: pointer;
    -webkit-tap-highlight-color: transparent;
  }
  :focus-visible {
    outline: 2px solid var(--fb-accent);
    outline-offset: 2px;
  }
  .choices {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: minmax(min-content, 1fr);
    gap: 1px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    overflow: hidden;
    background: var(--fb-line);
  }
  .choices.many {
    grid-auto-flow: row;
    grid-template-columns: repeat(3, minmax(min-content, 1fr));
  }
  .choices button {
    min-width: 0;
    min-height: 40px;
    padding: 2px 3px;
    font-size: 12.5px;
    line-height: 1.15;
    hyphens: auto;
    background: var(--fb-card);
    color: var(--fb-dim);
    outline-offset: -3px;
    transition: background-color 0.2s;
  }
  .choices button[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    color: var(--fb-text);
    font-weight: 600;
  }
  [data-pending] {
    animation: wait 1s ease-in-out infinite alternate;
  }
  @keyframes wait {
    to {
      background-color: color-mix(in srgb, var(--fb-accent) 6%, transparent);
    }
  }
  @media (prefers-reduced-motion: reduce) {
    * {
      animation: none !important;
      transition: none !important;
    }
  }
`;var Hr=new Map,So=2e3;function b(n,e,t){return n===null?"–":Wr(n,e,e,t)}function Ut(n,e){return Wr(n,0,3,e)}function Wr(n,e,t,r){let s=`${r} ${e} ${t}`,o=Hr.get(s);o===void 0&&(o={of:new Intl.NumberFormat(r,{minimumFractionDigits:e,maximumFractionDigits:t}),written:new Map},Hr.set(s,o));let a=Math.round(n*10**t)/10**t,i=o.written.get(a);return i===void 0&&(i=o.of.format(a===0?0:a).replace("-","−"),o.written.size>=So&&o.written.clear(),o.written.set(a,i)),i}function P(n,e){return`${b(n===null?null:n/1e3,1,e)} kW`}function G(n,e){return`${b(n,1,e)} A`}function U(n,e,t){let[r=""]=e.split("/");return`${b(n,2,t)} ${r}`.trimEnd()}var Nr=new Map;function z(n,e,t){return st(n,e,t,{hour:"2-digit",minute:"2-digit",hourCycle:"h23"})}function rt(n,e,t){return`${st(n,e,t,{weekday:"short"})} ${z(n,e,t)}`}function Ir(n,e){return st(n,"sv",e,{year:"numeric",month:"2-digit"})}function Ur(n,e){let[t=0,r=1,s]=n.split("-").map(Number),o=s===void 0?{month:"short",year:"numeric"}:{weekday:"short",day:"numeric",month:"short"};return st(Date.UTC(t,r-1,s??1),e,"UTC",o)}function st(n,e,t,r){let s=`${e} ${t??""} ${JSON.stringify(r)}`,o=Nr.get(s);return o===void 0&&(o=new Intl.DateTimeFormat(e,{...r,...t===void 0?{}:{timeZone:t}}),Nr.set(s,o)),o.format(n)}var le={ATTRIBUTE:1,CHILD:2,PROPERTY:3,BOOLEAN_ATTRIBUTE:4,EVENT:5,ELEMENT:6},ge=n=>(...e)=>({_$litDirective$:n,values:e}),Q=class{constructor(e){}get _$AU(){return this._$AM._$AU}_$AT(e,t,r){this._$Ct=e,this._$AM=t,this._$Ci=r}_$AS(e,t){return this.update(e,t)}update(e,t){return this.render(...t)}};var zt=class extends Q{constructor(){super(...arguments);this.written={}}render(t){return O}update({element:t},[r]){let{style:s}=t;for(let o in r){let a=r[o]??"";a!==this.written[o]&&s.setProperty(o,a)}return this.written=r,O}},de=ge(zt);function ot(n,e){n.addEventListener("pointerover",t=>{let r=t.composedPath()[0];r.piece!==void 0&&(r.title=e(r.piece))})}var Dt=class extends w{static{this.properties={site:{attribute:!1},flow:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[S,v`
      .bar {
        display: flex;
        gap: 2px;
        height: 14px;
        margin-bottom: 3px;
        border-radius: 7px;
        overflow: hidden;
        background: var(--fb-track);
      }
      .bar span {
        min-width: 0;
        flex: 0 1 0;
        background: var(--c);
        transition: flex-grow 0.6s;
      }
      dl {
        display: grid;
        grid-auto-flow: column;
        grid-auto-columns: minmax(min-content, 1fr);
        gap: 6px;
        margin: 8px 0 0;
      }
      dt {
        display: flex;
        align-items: center;
        gap: 5px;
        font-size: 12.5px;
        white-space: nowrap;
        --mdc-icon-size: 18px;
      }
      dd {
        margin: 0;
        font-size: 16px;
        font-weight: 500;
        white-space: nowrap;
      }
      .does {
        min-height: 1.4em;
        font-size: 12.5px;
        font-weight: normal;
      }
    `]}constructor(){super(),ot(this,e=>this.called(e))}render(){let e=this.facts(),t=e.map(r=>[r.label,r.level,r.does,r.value].filter(Boolean).join(" ")).join(", ");return d`
      <div role="img" aria-label=${t}>
        ${this.bar(this.flow?.from??[])} ${this.bar(this.flow?.to??[])}
      </div>
      <dl>
        ${e.map(r=>d`<div>
            <dt class="dim" title=${r.label}><ha-icon icon=${r.icon} style="color: ${r.colour}"></ha-icon>${r.level??r.label}</dt>
            <dd>${r.value}</dd>
            ${r.does===void 0?u:d`<dd class="does dim">${r.does}</dd>`}
          </div>`)}
      </dl>
    `}bar(e){return d`<div class="bar">${e.map(t=>d`<span .piece=${t} ${de(Ao(t))}></span>`)}</div>`}called({key:e,title:t,watts:r}){return`${t||this.say(e)} ${P(r,this.language)}`}facts(){let{site:e,flow:t,say:r,language:s}=this,o=[];if(e.solarW!==null&&o.push({icon:"mdi:white-balance-sunny",colour:Y,label:r("sun"),value:P(Math.max(e.solarW,0),s)}),e.batteryPct!==null||e.batteryW!==null){let p=e.batteryPct===null?r("battery"):`${b(e.batteryPct,0,s)} %`,c=e.batteryW===null?null:Math.abs(e.batteryW),m=dr(e.batteryW),h={in:"mdi:battery-arrow-up",out:"mdi:battery-arrow-down",rests:"mdi:battery-medium"}[m],y=m==="rests"?"":r(m==="in"?"battery_in":"battery_out");o.push({icon:h,colour:m==="in"?X:me,label:r("battery"),value:P(c,s),level:p,does:y})}o.push({icon:"mdi:home",colour:q,label:r("house"),value:P(t?.houseW??null,s)});let a=t===null?null:Oo(t),i=(a??0)<0,l=a===null?null:Math.abs(a);return o.push({icon:"mdi:transmission-tower",colour:i?se:Ve,label:r(i?"export":"grid"),value:P(l,s)}),o}};function Ao({key:n,colour:e,watts:t}){return{"--c":n==="export"?qe(e):e,"flex-grow":String(Math.round(t))}}function Oo(n){return(n.from.find(t=>t.key==="grid")?.watts??0)-(n.to.find(t=>t.key==="export")?.watts??0)}k("fusebox-card-flow",Dt);function A(n,e,t){let r=e.language.reasons[n.code];if(r===void 0)return zr(n);let s=Object.fromEntries(Object.entries(n.values).map(([p,c])=>[p,To(p,c,e,t)])),o=p=>Eo(p).every(c=>c in s),a=r.replace(/\[([^[\]]*)\]/g,(p,c)=>o(c)?c:"");if(!o(a))return zr(n);let i=a.replace(/\{(\w+)\}/g,(p,c)=>s[c]??"");return Object.keys(s).reverse().filter(p=>!r.includes(`{${p}}`)).reduce((p,c)=>Ro(c,s[c]??"",p,e),i)}function zr({sentence:n,values:e}){let t=o=>Object.entries(e).flatMap(([a,i])=>Kr.has(a)===o?String(i).match(Dr)??[]:[]),r=new Set(t(!1)),s=new Set(t(!0).filter(o=>!r.has(o)));return n.replace(Dr,o=>s.has(o)?o.replaceAll("_"," "):o)}function Ro(n,e,t,r){return n==="load"||n==="path"?`${e}: ${t}`:n==="would"?r("would",e,t):t}function Eo(n){return[...n.matchAll(/\{(\w+)\}/g)].map(([,e])=>e??"")}var Mo={cost:2,price:3};function To(n,e,t,r){if(typeof e=="string")return Lo(n,e,t,r);let s=Mo[n.split("_").at(-1)??""];return s===void 0?Ut(e,r):b(e,s,r)}var Po={},Kr=new Set(["load","loads","losers","lowered","reserved_for","circuit","limit","meter"]),Dr=/[\w.]+/g;function Lo(n,e,t,r){if(n==="mode")return T(t,"mode",e);let s=t.language.values[n==="meter"?"limit":n]??Po,o=(Kr.has(n)?e.replaceAll("_"," "):e).replace(/(\d+)\.(\d+)(?= k?W\b| A\b| to \d)/g,i=>Ut(Number(i),r));return n==="meters"?o.replace(/main(?= L[123] \()/g,t.language.values.limit?.main??"main"):(n==="would"?o.split(/( and |, )/):[o]).map(i=>Co(i,s)).join("")}function Co(n,e){let[,t=n,r=""]=/^(.*?)((?: L[123])+)$/.exec(n)??[];for(let{pattern:s,word:o}of Ho(e)){let a=s.exec(t);if(a!==null)return a.slice(1).reduce((i,l)=>i.replace("*",l),o)+r}return n}var Br=new WeakMap;function Ho(n){let e=Br.get(n);return e===void 0&&(e=Object.entries(n).map(([t,r])=>({pattern:new RegExp(`^${t.replace(/[.()]/g,"\\$&").replaceAll("*","(.+)")}$`),word:r})),Br.set(n,e)),e}var No={ok:["mdi:check-circle","good"],limited:["mdi:arrow-collapse-vertical","warn"],starting:["mdi:timer-sand","calm"],dry_run:["mdi:eye-outline","calm"],over:["mdi:flash-alert","bad"],blind:["mdi:eye-off","bad"],fault:["mdi:alert-circle","bad"]},Wo=d`<svg class="bad" viewBox="0 0 24 24" width="24" height="24" aria-hidden="true">
  <g fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round">
    <path d="M4 4l16 16M8.5 15.5a5 5 0 0 1 6.5-.4M5 12a10 10 0 0 1 4-2.5M14 9.2A10 10 0 0 1 19 12" />
    <circle cx="12" cy="19" r="0.8" />
  </g>
</svg>`,Bt=class extends w{static{this.properties={site:{attribute:!1},say:{attribute:!1},language:{},heading:{},link:{},age:{attribute:!1},open:{state:!0}}}static{this.styles=[S,v`
      button {
        display: grid;
        grid-template-columns: 28px 1fr 20px;
        gap: 4px 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .state {
        font-size: 18px;
        font-weight: 500;
        line-height: 1.25;
      }
      .title {
        font-size: 12.5px;
      }
      .age {
        display: block;
        font-size: 13px;
      }
      .reason {
        grid-column: 1 / -1;
        min-height: 1.4em;
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
      }
      .open .reason {
        white-space: normal;
      }
      .good {
        color: var(--fb-good);
      }
      .warn {
        color: var(--fb-warn);
      }
      .bad {
        color: var(--fb-bad);
      }
      .calm {
        color: var(--fb-accent);
      }
      ul {
        margin: 6px 0 0;
        padding-inline-start: 18px;
      }
    `]}render(){let{site:e,say:t,open:r}=this,s=e.state==="missing",o=this.link==="unreachable",a=o||s&&this.link==="starting"?this.link:e.state,[i,l]=No[a]??["mdi:alert-circle","bad"],p=s?this.link==="whole"?t("not_running"):"":A(e.reason,t,this.language),c=o?Wo:d`<ha-icon class=${l} icon=${i}></ha-icon>`;return d`
      <button
        class=${r||s?"open":""}
        aria-expanded=${r||s?"true":"false"}
        @click=${()=>{this.open=!this.open}}
      >
        ${c}
        <span>
          ${this.heading?d`<span class="title dim">${this.heading}</span><br />`:u}
          <span class="state">${T(t,"state",a)}</span>
          ${this.age===null||this.age.minutes<1?u:d`<span class="age dim">${t("old",this.age.minutes)}</span>`}
        </span>
        <ha-icon class="dim" icon=${r?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
        <span class="reason dim">${o?"":p}</span>
      </button>
      ${e.more.length>0&&(r||e.state==="config_error")?d`<ul>
            ${e.more.map(m=>d`<li>${m}</li>`)}
          </ul>`:u}
    `}};k("fusebox-card-head",Bt);var Io={sent:"mdi:timer-sand",taken:"mdi:timer-sand",confirmed:"mdi:check",refused:"mdi:cancel",late:"mdi:timer-alert-outline"},Uo=v`
  .said {
    min-height: 1.4em;
    font-size: 13px;
    --mdc-icon-size: 18px;
  }
  .said [role="status"] {
    display: flex;
    gap: 6px;
  }
`;function zo(n,e,t,r){let s=Do(n,e);return d`<div class="said">
    ${s===null?d`<span class="dim">${Bo(n,t,r)}</span>`:u}
    <span role="status">
      ${s===null?u:d`<ha-icon icon=${Io[s.stage]}></ha-icon><span>${Kt(s,t,r)}</span>`}
    </span>
  </div>`}function Do(n,e){return Qn.flatMap(r=>e.get(_(n,r))??[]).sort((r,s)=>s.sinceMs-r.sinceMs)[0]??null}function Kt({stage:n,refusal:e},t,r){return n==="refused"?A(e,t,r)||t("state_unreachable"):t(n==="confirmed"?"confirmed":n==="late"?"late":"pending")}function Bo(n,e,t){if(n.sessionKwh===null)return"";let r=n.sessionSolarPct===null?"":` · ${b(n.sessionSolarPct,0,t)} % ${e("sun")}`;return`${b(n.sessionKwh,1,t)} kWh ${e("session")}${r}`}var at={styles:Uo,render:zo};var{I:fd}=Ln;var Fr=n=>n.strings===void 0;var Ko={},jr=(n,e=Ko)=>n._$AH=e;var J=ge(class extends Q{constructor(n){if(super(n),n.type!==le.PROPERTY&&n.type!==le.ATTRIBUTE&&n.type!==le.BOOLEAN_ATTRIBUTE)throw Error("The `live` directive is not allowed on child or event bindings");if(!Fr(n))throw Error("`live` bindings can only contain a single expression")}render(n){return n}update(n,[e]){if(e===O||e===u)return e;let t=n.element,r=n.name;if(n.type===le.PROPERTY){if(e===t[r])return O}else if(n.type===le.BOOLEAN_ATTRIBUTE){if(!!e===t.hasAttribute(r))return O}else if(n.type===le.ATTRIBUTE&&t.getAttribute(r)===e+"")return O;return jr(n),e}});var pe=1e3,it=300;function D(n,e){return pe*(e-n.fromMs)/(n.toMs-n.fromMs)}function Te(n,e){let{low:t,high:r}=n.scale;return it*(1-(e-t)/(r-t))}function Gr(n,e,t){return V`
    ${e.scale.ticks.map(r=>V`<line class="tick" x1="0" x2=${pe} y1=${Te(e,r)} y2=${Te(e,r)} />`)}
    ${n.layers.map(r=>V`<path class="layer" fill=${r.colour} d=${Fo(n,r,e)} />`)}
    ${t.map(r=>V`<line class="limit" x1="0" x2=${pe} y1=${Te(e,r)} y2=${Te(e,r)} />`)}
    ${n.lines.map(r=>V`<path class=${r.key} stroke=${r.colour} d=${jo(n,r.values,e)} />`)}
  `}function Fo(n,e,t){return Vr(e.spans).map(r=>{let s=r.map(a=>Ft(n,t,a,e.spans[a]?.[1]??0)),o=r.map(a=>Ft(n,t,a,e.spans[a]?.[0]??0)).reverse();return`M${[...s,...o].join("L")}Z`}).join("")}function jo(n,e,t){return Vr(e).map(r=>`M${r.map(s=>Ft(n,t,s,e[s]??0)).join("L")}`).join("")}function Ft(n,e,t,r){return`${D(e,n.times[t]??0).toFixed(1)} ${Te(e,r).toFixed(1)}`}function Vr(n){let e=[];return n.forEach((t,r)=>{t!==null&&(r>0&&n[r-1]!==null?e.at(-1)?.push(r):e.push([r]))}),e}var qr=4;function Yr(n,e){let t=n.loads.filter(r=>(r.plan?.slots.length??0)>0);return d`
    ${t.map(r=>d`<p class="caption">${r.title} <span class="dim">${Pe(r.plan?.slots??[],{...n,language:n.say.locale})}</span></p>
        <div class="lane" role="img" aria-label=${`${r.title} ${r.plan===null?"":A(r.plan.reason,n.say,n.language)}`}>
        ${(r.plan?.slots??[]).map(s=>d`<span title=${r.title} style="--c: ${r.colour}; ${Xr(s,e)}"></span>`)}
      </div>`)}
    ${Go(n,e)}
  `}function Pe(n,{language:e,zone:t,nowMs:r}){let s=jn(n).map(({startMs:o,endMs:a})=>`${(o-r<24*N?z:rt)(o,e,t)}–${z(a,e,t)}`);return[...s.slice(0,qr),...s.length>qr?["…"]:[]].join(", ")}function Go({prices:n,priceUnit:e,say:t,language:r},s){let o=n.filter(c=>c.endMs>s.fromMs&&c.startMs<s.toMs);if(o.length===0)return u;let a=o.map(c=>c.price??0),i=Math.max(...a,.01),l=Math.min(...a,0),p=`${b(Math.min(...a),2,r)} – ${b(Math.max(...a),2,r)} ${e}`.trimEnd();return d`<p class="caption dim">${t("price")} ${p}</p>
    <div class="prices" role="img" aria-label="${t("price")} ${p}">
    ${o.map(c=>{let m=100*((c.price??0)-l)/(i-l);return d`<span title=${b(c.price,3,r)} style="height: ${m.toFixed(1)}%; ${Xr(c,s)}"></span>`})}
  </div>`}function Xr(n,e){let t=Math.max(D(e,n.startMs)/10,0),r=Math.min(D(e,n.endMs)/10,100);return`left: ${t.toFixed(2)}%; width: ${Math.max(r-t,0).toFixed(2)}%`}var Qr=v`
  .plan summary {
    display: grid;
    grid-template-columns: 18px minmax(0, 1fr) 20px;
    gap: 8px;
    align-items: center;
    min-height: 40px;
    padding: 0 10px 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    cursor: pointer;
    list-style: none;
    --mdc-icon-size: 18px;
  }
  .plan summary::-webkit-details-marker {
    display: none;
  }
  .stands {
    display: flex;
    flex-wrap: wrap;
    gap: 0 8px;
    padding: 4px 0;
  }
  .plan.set summary b {
    font-weight: 500;
    color: var(--fb-text);
  }
  .plan[open] .turn {
    transform: rotate(180deg);
  }
  .controls .line:has(.plan[open]) {
    grid-template-columns: minmax(0, 1fr);
  }
  form {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(150px, 1fr));
    gap: 8px 12px;
    padding: 8px 0 2px;
    align-items: end;
    font-size: 13px;
  }
  form label {
    display: grid;
    gap: 2px;
    min-width: 0;
  }
  /* Three digits, a decimal and the unit fit, also on a phone. */
  .much {
    min-width: 150px;
  }
  input[type="number"] {
    appearance: textfield;
  }
  .amount {
    display: grid;
    grid-template-columns: minmax(0, 1fr) auto;
  }
  form > p,
  fusebox-card-preview {
    grid-column: 1 / -1;
  }
  .field {
    box-sizing: border-box;
    width: 100%;
    min-width: 0;
    height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-dim);
    border-radius: 10px;
    font: inherit;
    font-size: 14px;
    color: var(--fb-text);
    background: var(--fb-card);
    color-scheme: inherit;
  }
  .amount .field:first-child {
    border-start-end-radius: 0;
    border-end-end-radius: 0;
    border-inline-end: none;
  }
  .amount .field:last-child {
    border-start-start-radius: 0;
    border-end-start-radius: 0;
  }
  .does {
    display: grid;
    grid-auto-flow: column;
    grid-auto-columns: 1fr;
    gap: 8px;
  }
  .does button {
    min-height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
  }
  .does .main {
    border-color: transparent;
    background: color-mix(in srgb, var(--fb-accent) 20%, var(--fb-card));
    font-weight: 600;
  }
`;function lt(n,e,t){let r={service:e,data:t,answer:null};return n.dispatchEvent(new CustomEvent("fusebox-question",{detail:r,bubbles:!0,composed:!0})),r.answer??Promise.resolve(null)}var Vo=400,jt=class extends w{constructor(){super();this.asked=null;this.found=null,this.refusal=I}static{this.properties={load:{attribute:!1},say:{attribute:!1},language:{},zone:{},priceUnit:{},found:{state:!0},refusal:{state:!0}}}static{this.styles=[S,v`
      :host {
        font-size: 13px;
      }
      dl {
        display: grid;
        grid-template-columns: auto minmax(0, 1fr);
        gap: 2px 12px;
        margin: 0;
      }
      dd {
        margin: 0;
      }
      .missing dd {
        font-weight: 600;
      }
      .missing {
        display: contents;
      }
    `]}disconnectedCallback(){super.disconnectedCallback(),clearTimeout(this.timer)}look(t){clearTimeout(this.timer),this.asked=t,t===null?this.become(null,I):this.timer=setTimeout(()=>{this.ask(t)},Vo)}async ask(t){let r=await lt(this,"fusebox_set_plan",{load:this.load.name,...t,preview:!0});r===null||t!==this.asked||this.become(r.refusal===null?Bn(r.told):null,r.refusal??I)}become(t,r){this.found=t,this.refusal=r}render(){return d`<div role="status">
      ${this.found===null?A(this.refusal,this.say,this.language):this.preview(this.found)}
    </div>`}preview({slots:t,cost:r,atOnce:s,missingKwh:o,reason:a}){let{say:i,language:l,zone:p,priceUnit:c}=this;if(t.length===0)return d`${A(a,i,l)}`;let m=s===null?"":` (${i("at_once",U(s,c,l))})`;return d`<dl>
      ${this.row("runs",Pe(t,{language:i.locale,zone:p,nowMs:Date.now()}))}
      ${r===null?u:this.row("cost",`${U(r,c,l)}${m}`)}
      ${o>0?d`<div class="missing">${this.row("missing",`${b(o,1,l)} kWh`)}</div>`:u}
    </dl>`}row(t,r){return d`<dt class="dim">${this.say(t)}</dt>
      <dd>${r}</dd>`}};k("fusebox-card-preview",jt);function B(n,e,t){let r={load:n.load,control:e,value:t};n.dispatchEvent(new CustomEvent("fusebox-wanted",{detail:r,bubbles:!0,composed:!0}))}var qo=v`
  .slider {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 40px;
    gap: 8px;
    align-items: center;
    font-size: 13px;
  }
  .slider.wide {
    grid-column: 1 / -1;
    grid-template-columns: auto minmax(0, 1fr) minmax(88px, auto);
  }
  input[type="range"] {
    appearance: none;
    width: 100%;
    height: 40px;
    margin: 0;
    background: linear-gradient(90deg, var(--fb-accent) var(--part), var(--fb-track) var(--part)) center / 100% 6px no-repeat;
    cursor: pointer;
  }
  input::-webkit-slider-thumb {
    appearance: none;
    width: 22px;
    height: 22px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
  input::-moz-range-thumb {
    width: 20px;
    height: 20px;
    border: 2px solid var(--fb-card);
    border-radius: 50%;
    background: var(--fb-accent);
  }
`;function Yo(n,e){let{load:t,say:r,asks:s,language:o}=n;return Jr({label:r("at_most"),min:e.min,max:e.top,step:1,now:R(s,_(t,"max"),e.max),shown:a=>`${b(a,a%1===0?0:1,o)} A`,pending:H(s,_(t,"max")),done:a=>B(n,"max",a)})}function Jr({label:n,min:e,max:t,step:r,now:s,shown:o,name:a,pending:i=!1,done:l}){let p=h=>`${(100*(h-e)/(t-e||1)).toFixed(1)}%`,c=h=>{let y=h.target,$=y.nextElementSibling,He=o(Number(y.value));y.style.setProperty("--part",p(Number(y.value))),y.setAttribute("aria-valuetext",He),$!==null&&($.textContent=He)},m=h=>a===void 0?J(h):h;return d`<label class="slider ${a===void 0?"":"wide"}">
    <span class="dim">${n}</span>
    <input
      type="range"
      name=${a??u}
      min=${e}
      max=${t}
      step=${r}
      .value=${m(String(s))}
      style="--part: ${p(s)}"
      aria-valuetext=${o(s)}
      ?data-pending=${i}
      @input=${c}
      @change=${h=>l?.(Number(h.target.value))}
    />
    <output class="number" .textContent=${m(o(s))}></output>
  </label>`}var ye={styles:qo,render:Yo,bar:Jr};var Xo={energy_kwh:"kWh",soc_target_pct:"%",hours:"h"},Qo="07:00";function Jo(n,e){let{load:t,say:r,asks:s}=n,o=oe(e),a=H(s,_(t,"plan")),i=ta(t),l=i.find(c=>e.asked[c]!==void 0)??i[0],p=o?A(e.reason,r,n.language):"";return d`<details class="plan ${o?"set":""}" @toggle=${c=>Zr(n,e,c)}>
    <summary ?data-pending=${a}>
      <ha-icon icon=${o?"mdi:calendar-clock":"mdi:calendar-plus"}></ha-icon>
      <span class="stands"><b>${T(r,"plan",e.state)}</b><span>${ea(e,n,Date.now())}</span></span>
      <ha-icon class="turn" icon="mdi:chevron-down"></ha-icon>
    </summary>
    <form @submit=${c=>na(n,e,c)} @input=${c=>Zr(n,e,c)}>
      ${p===""?u:d`<p class="dim">${p}</p>`}
      <label><span class="dim">${r("ready_by")}</span><input class="field" name="ready_by" type="time" required value=${e.asked.readyBy??Qo} /></label>
      <label class="much">
        <span class="dim">${r("how_much")}</span>
        <span class="amount">
          <input class="field" name="amount" type="number" min="0.5" step="0.5" ?required=${n.priceUnit===""} placeholder=${n.priceUnit===""?"":r("any_amount")} inputmode="decimal" value=${(l&&e.asked[l])??""} />
          <select class="field" name="unit" aria-label=${r("unit")}>
            ${i.map(c=>d`<option value=${c} ?selected=${c===l}>${Xo[c]}</option>`)}
          </select>
        </span>
      </label>
      ${n.priceUnit===""?u:Zo(n,e)}
      <fusebox-card-preview .load=${t} .say=${r} .language=${n.language} .zone=${n.zone} .priceUnit=${n.priceUnit}></fusebox-card-preview>
      <div class="does">
        <button class="main" type="submit">${r("set_plan")}</button>
        ${o?d`<button type="button" @click=${()=>B(n,"plan","")}>${r("clear_plan")}</button>`:u}
      </div>
    </form>
  </details>`}function Zo({priceUnit:n,priceSpan:e,say:t,language:r},{asked:s}){let{min:o,none:a,step:i,decimals:l}=St(e,s.max_price);return ye.bar({label:t("price_at_most"),min:o,max:a,step:i,now:s.max_price??a,shown:p=>p>=a?t("no_limit"):`${b(p,l,r)} ${n}`,name:"max_price"})}function ea(n,{priceUnit:e,say:t,language:r,zone:s},o){if(n.slots.length>0)return Pe(n.slots,{language:t.locale,zone:s,nowMs:o});let a=A(n.reason,t,r);return a===""&&n.cost!==null?U(n.cost,e,r):a}function ta(n){return n.currentA===null?["hours","energy_kwh"]:["energy_kwh","soc_target_pct"]}function na(n,e,t){t.preventDefault(),B(n,"plan",es(n,e,t.target))}function Zr(n,e,{currentTarget:t}){let r=t.closest("details"),s=r?.querySelector("form"),a=r?.open===!0&&s?.checkValidity()===!0?es(n,e,s):{};r?.querySelector("fusebox-card-preview")?.look(Object.keys(a).length===0?null:a)}function es(n,e,t){let r=new FormData(t),s=i=>String(r.get(i)??""),{none:o}=St(n.priceSpan,e.asked.max_price),a=s("max_price");return Kn(s("ready_by"),s("amount"),s("unit"),Number(a)<o?a:"")}var dt={styles:Qr,render:Jo};var ra=5,sa=v`
  .controls {
    display: grid;
    gap: 6px;
    padding: 6px 0 0 46px;
  }
  .line {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr);
    gap: 12px;
    align-items: start;
  }
  .line:has(> .plan:not([open])) {
    align-items: stretch;
  }
  .line.end {
    grid-template-columns: minmax(0, 1fr) auto;
  }
  .line .said {
    align-self: center;
  }
  .why {
    font-size: 13px;
  }
  .boost {
    display: flex;
    align-items: center;
    gap: 6px;
    height: 100%;
    min-height: 40px;
    padding: 0 12px;
    border: 1px solid var(--fb-line);
    border-radius: 10px;
    color: var(--fb-dim);
    --mdc-icon-size: 18px;
  }
  .boost[aria-pressed="true"] {
    background: color-mix(in srgb, var(--fb-accent) 20%, transparent);
    color: var(--fb-text);
    font-weight: 600;
  }
  .stops {
    display: flex;
    flex-wrap: wrap;
    gap: 8px 12px;
    align-items: center;
    font-size: 13px;
  }
  .stops input {
    width: 64px;
  }
  @container (max-width: 420px) {
    .controls {
      padding-inline-start: 0;
    }
  }
`;function oa(n){let{load:e}=n,t=e.boosted!==null,r=at.render(e,n.asks,n.say,n.language),s=e.plan===null?u:dt.render(n,e.plan),o=e.currentA===null?u:ye.render(n,e.currentA),a=o===u?s===u?r:s:o,i=a===o&&e.plan!==null&&!oe(e.plan);return d`<div class="controls">
    ${e.modes.length>1?aa(n,t):u}
    ${t?d`<div class="line"><span>${ia(n)}</span> ${a}</div>`:a}
    ${e.vehicles.length>0&&e.status!=="unplugged"?da(n):u}
    ${e.canSwitchPhases?la(n):u} ${Object.keys(e.stops).length>0?pa(n):u}
    ${a===o&&!i?s:u}
    ${i?d`<div class="line end">${r} ${s}</div>`:a===r?u:r}
  </div>`}function aa(n,e){let{load:t,say:r,asks:s}=n,o=R(s,_(t,"mode"),t.mode),a=t.modes.filter(i=>!(e&&i==="boost"));return d`<div class="choices ${a.length>ra?"many":""}" role="group" aria-label=${r("mode")}>
    ${a.map(i=>d`<button
        aria-pressed=${i===o?"true":"false"}
        ?data-pending=${i===o&&H(s,_(t,"mode"))}
        @click=${()=>B(n,"mode",i)}
      >
        ${T(r,"mode",i)}
      </button>`)}
  </div>`}function ia(n){let{load:e,say:t,asks:r}=n,s=R(r,_(e,"boost"),e.boosted===!0);return d`<button
    class="boost"
    aria-pressed=${s?"true":"false"}
    ?data-pending=${H(r,_(e,"boost"))}
    @click=${()=>B(n,"boost",!s)}
  >
    <ha-icon icon=${s?"mdi:flash":"mdi:flash-outline"}></ha-icon>${t("boost")}
  </button>`}function la(n){let{load:e,say:t,asks:r,language:s}=n,o=A(e.phasesReason,t,s),a=R(r,_(e,"phases"),e.phasesUsed??0),i=H(r,_(e,"phases"));return d`<div class="choices" role="group" aria-label=${t("phases")}>
      ${[1,e.phases.length].map(l=>d`<button
          aria-pressed=${l===a?"true":"false"}
          ?data-pending=${l===a&&i}
          @click=${()=>B(n,"phases",l)}
        >
          ${l===1?t("one_phase"):t("phase_count",l)}
        </button>`)}
    </div>
    ${o===""?u:d`<p class="why dim">${o}</p>`}`}function da(n){let{load:e,say:t,asks:r}=n,s=R(r,_(e,"vehicle"),e.vehicle);return d`<div class="choices" role="group" aria-label=${t("vehicle")}>
    ${e.vehicles.map(o=>d`<button
        aria-pressed=${o===s?"true":"false"}
        ?data-pending=${o===s&&H(r,_(e,"vehicle"))}
        @click=${()=>B(n,"vehicle",o)}
      >
        ${he(t,o)}
      </button>`)}
  </div>`}function pa(n){let{load:e,say:t,asks:r}=n;return d`<div class="stops">
    <span class="dim">${t("stop_at")}</span>
    ${fe.filter(s=>e.stops[s]!==void 0).map(s=>{let o=R(r,_(e,s),e.stops[s]??0),a=s==="stop_soc_pct"?"%":"kWh";return d`<label ?data-pending=${H(r,_(e,s))}>
        <input
          class="field"
          type="number"
          min="0"
          max=${s==="stop_soc_pct"?100:1e3}
          step=${s==="stop_soc_pct"?1:.5}
          inputmode="decimal"
          placeholder="–"
          aria-label="${t("stop_at")} ${a}"
          .value=${J(o>0?String(o):"")}
          @change=${i=>B(n,s,Number(i.target.value))}
        />
        ${a}
      </label>`})}
  </div>`}var Gt={styles:sa,render:oa};function ts(n,e,t){return[T(e.say,"status",n.status),ca(n,e,t),ua(n,e)].filter(r=>r!=="")}function ns({socPct:n,plan:e,stops:t},r){if(n===null)return"";let o=(e!==null&&oe(e)?e.asked.soc_target_pct:void 0)??t.stop_soc_pct??0;return`${b(n,0,r)}${o>n?` → ${b(o,0,r)}`:""} %`}function ca({readyMs:n,plan:e},{say:t,language:r,zone:s},o){return n===null?e?.state==="late"?t("plan_late"):"":n-o<24*N?t("ready_at",z(n,r,s)):t("ready_on",rt(n,t.locale,s))}function ua({plan:n,sessionCost:e},{priceUnit:t,say:r,language:s}){return n!==null&&oe(n)&&n.cost!==null?U(n.cost,t,s):e===null?"":r("so_far",U(e,t,s))}function rs(n,e,t){if(n.share===null||n.share===0)return"";if(n.unit==="W")return e("may_have",P(n.share,t));let r=Xn(n);return e("may_have",`${b(n.share,1,t)} A${r>1?` × ${r}`:""}`)}var Vt=class extends w{constructor(){super(...arguments);this.toggle=()=>{this.open=!this.open}}static{this.properties={load:{attribute:!1},asks:{attribute:!1},say:{attribute:!1},language:{},zone:{},priceUnit:{},priceSpan:{attribute:!1},pinned:{type:Boolean},open:{state:!0}}}static{this.styles=[S,v`
      .head {
        display: grid;
        grid-template-columns: 36px minmax(0, 1fr) auto 20px;
        gap: 0 10px;
        width: 100%;
        align-items: center;
        text-align: start;
      }
      .icon {
        grid-row: span 2;
        display: grid;
        place-items: center;
        width: 36px;
        height: 36px;
        border-radius: 50%;
        background: var(--c);
        color: #fff;
        --mdc-icon-size: 20px;
      }
      .resting .icon {
        background: none;
        color: var(--c);
        box-shadow: inset 0 0 0 2px var(--c);
      }
      .title {
        font-weight: 500;
        font-size: 15px;
      }
      .title,
      .facts {
        min-width: 0;
        overflow-wrap: anywhere;
      }
      .facts {
        grid-column: 2 / -1;
        display: flex;
        flex-wrap: wrap;
        gap: 0 10px;
        font-size: 13px;
      }
      .number {
        font-size: 16px;
        font-weight: 500;
      }
      .reason {
        overflow: hidden;
        text-overflow: ellipsis;
        white-space: nowrap;
        padding-inline-start: 46px;
        font-size: 13px;
        min-height: 1.4em;
      }
      .open .reason {
        white-space: normal;
      }
      .bad {
        color: var(--fb-bad);
        --mdc-icon-size: 15px;
      }
    `,at.styles,ye.styles,dt.styles,Gt.styles]}render(){let{load:t,say:r}=this,s=!["charging","on","switching"].includes(t.status),o=["fault","blind","unavailable"].includes(t.status),a=R(this.asks,_(t,"mode"),t.mode),i=R(this.asks,_(t,"vehicle"),t.vehicle),l=a===""?"":T(r,"mode",a),p=[i===""?"":he(r,i),ns(t,this.language)].filter(Boolean);return d`<section class="${s?"resting":""} ${this.open?"open":""}" style="--c: ${t.colour}">
      <button class="head" aria-expanded=${this.open?"true":"false"} @click=${this.toggle}>
        <span class="icon"><ha-icon icon=${t.icon}></ha-icon></span>
        <span class="title">${t.title}<span class="dim">${p.map(c=>` · ${c}`)}</span></span>
        <b class="number">${P(t.drawW,this.language)}</b>
        <ha-icon class="dim" icon=${this.open?"mdi:chevron-up":"mdi:chevron-down"}></ha-icon>
        <span class="facts">
          <span>
            ${o?d`<ha-icon class="bad" icon="mdi:alert"></ha-icon>`:u}
            ${ts(t,this,Date.now()).join(" · ")}
          </span>
          <span class="dim">${[l,rs(t,r,this.language)].filter(Boolean).join(" · ")}</span>
        </span>
      </button>
      <p class="reason dim">${A(t.reason,r,this.language)}</p>
      ${this.open||this.pinned?Gt.render(this):u}
    </section>`}};k("fusebox-card-load",Vt);var qt=class extends w{static{this.properties={group:{attribute:!1},say:{attribute:!1}}}static{this.styles=[S,v`
      ul {
        display: flex;
        flex-wrap: wrap;
        gap: 6px 14px;
        margin: 8px 0 0;
        padding: 0;
        list-style: none;
      }
      li {
        display: flex;
        align-items: center;
        gap: 6px;
        font-size: 13px;
      }
      i {
        position: relative;
        box-sizing: border-box;
        width: 14px;
        height: 14px;
        border-radius: 50%;
        border: 2px solid var(--fb-dim);
      }
      .on i {
        background: var(--state-climate-heat-color, #ff8100);
        border-color: var(--state-climate-heat-color, #ff8100);
      }
      .waits i {
        border-color: var(--state-climate-heat-color, #ff8100);
        background: linear-gradient(90deg, var(--state-climate-heat-color, #ff8100) 50%, transparent 50%);
      }
      .line {
        display: flex;
        justify-content: space-between;
      }
      ha-icon {
        --mdc-icon-size: 14px;
      }
      small {
        font-size: 12px;
      }
    `]}render(){let{group:e,say:t}=this,r=e.dots.filter(s=>s.is==="on").length;return d`
      <div class="line">
        <h3>${e.title?`${t("radiators")}: ${e.title}`:t("radiators")}</h3>
        <span class="dim">${r}${e.allowed===null?"":` ${t("of_fuse",e.allowed)}`}</span>
      </div>
      <ul>
        ${e.dots.map(s=>this.dot(s))}
      </ul>
    `}dot(e){let t=this.say(`rad_${e.is}`);return d`<li class=${e.is}>
      <i></i><span>${e.name} <small class="dim">${t}</small></span>
      ${e.boosted?d`<ha-icon icon="mdi:flash" title=${this.say("boost")}></ha-icon>`:u}
    </li>`}};k("fusebox-card-radiators",qt);var Xt={day:{days:32,most:31},month:{days:366,most:12}};function os(n){return je(n.totals).map(e=>({period:x(e.period),load:x(e.load),vehicle:x(e.vehicle),kwh:g(e.kwh)??0,solarPct:g(e.solar_pct),cost:g(e.cost),saved:g(e.saved)}))}function Yt({load:n,vehicle:e}){return e||n}function Qt(n){return[...new Set(n.map(Yt))].sort()}function Jt(n,e,t){let r=n.filter(o=>e===""||Yt(o)===e);return[...new Set(r.map(o=>o.period))].sort().reverse().slice(0,t).map(o=>{let a=r.filter(l=>l.period===o),i=Qt(a).map(l=>[l,ss(a.filter(p=>Yt(p)===l))]);return{period:o,sum:ss(a),parts:new Map(i)}})}function ss(n){let e=n.filter(s=>s.solarPct!==null),t=Le(e.map(s=>s.kwh))??0,r=Le(e.map(s=>(s.solarPct??0)*s.kwh/100))??0;return{kwh:Le(n.map(s=>s.kwh))??0,solarPct:t>0?100*r/t:null,cost:Le(n.map(s=>s.cost)),saved:Le(n.map(s=>s.saved))}}function Le(n){let e=n.filter(t=>t!==null);return e.length===0?null:e.reduce((t,r)=>t+r,0)}var as=v`
  summary {
    display: grid;
    grid-template-columns: auto minmax(0, 1fr) 20px;
    gap: 8px;
    align-items: center;
    min-height: 40px;
    cursor: pointer;
    list-style: none;
    --mdc-icon-size: 20px;
  }
  summary::-webkit-details-marker {
    display: none;
  }
  summary span {
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    align-items: baseline;
    gap: 0 8px;
  }
  summary ha-icon {
    color: var(--fb-dim);
  }
  [open] summary ha-icon {
    transform: rotate(180deg);
  }
  b {
    font-size: 16px;
    font-weight: 500;
  }
  small {
    font-size: 12.5px;
  }
  .ask {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(130px, 1fr));
    gap: 8px;
  }
  select {
    min-width: 0;
    min-height: 40px;
    padding: 0 10px;
    border: 1px solid var(--fb-dim);
    border-radius: 10px;
    font: inherit;
    font-size: 13px;
    color: var(--fb-text);
    background: var(--fb-card);
  }
  table {
    width: 100%;
    margin-top: 8px;
    border-collapse: collapse;
    font-size: 13px;
  }
  thead th {
    font-weight: normal;
    font-size: 12px;
    color: var(--fb-dim);
    text-align: right;
    vertical-align: bottom;
  }
  th {
    text-align: start;
    overflow-wrap: anywhere;
  }
  th,
  td {
    padding: 3px 0 3px 6px;
  }
  tr > :first-child {
    padding-inline-start: 0;
  }
  .sum {
    border-top: 1px solid var(--fb-line);
  }
  .sum th {
    font-weight: 500;
  }
  .dim th {
    font-weight: normal;
  }
  .dim > :first-child {
    padding-inline-start: 10px;
  }
`;var ma=6e4,fa=6e5,is=(n=[])=>n.map(({name:e,title:t})=>`${e} ${t}`).join(`
`),Zt=class extends w{constructor(){super();this.askedMs={};this.by="month",this.who="",this.found={}}static{this.properties={loads:{attribute:!1,hasChanged:(t,r)=>is(t)!==is(r)},say:{attribute:!1},language:{},zone:{},priceUnit:{},by:{state:!0},who:{state:!0},found:{state:!0}}}static{this.styles=[S,as]}connectedCallback(){super.connectedCallback(),this.timer=setInterval(()=>{this.ask("month")},ma),this.ask("month")}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer)}async ask(t){let r=Date.now()-(this.askedMs[t]??0)<fa;if(this.found[t]!==void 0&&r)return;let s=await lt(this,"fusebox_sessions",{days:Xt[t].days,totals:t});s===null||s.refusal!==null||(this.askedMs[t]=Date.now(),this.found={...this.found,[t]:os(s.told)})}render(){let{say:t,by:r,who:s,found:o}=this,a=o.month??[];if(a.length===0)return u;let[i]=Jt(a,"",1),l=i?.period===Ir(Date.now(),this.zone)?i.sum:null,p=o[r]??[];return d`<details>
      <summary><h3>${t("this_month")}</h3> <span>${l===null?"–":this.told(l)}</span><ha-icon icon="mdi:chevron-down"></ha-icon></summary>
      <div class="ask">
        <div class="choices" role="group" aria-label=${t("history")}>${["day","month"].map(c=>this.choice(c))}</div>
        ${this.whose(a)}
      </div>
      ${this.table(Jt(p,s,Xt[r].most))}
    </details>`}told({kwh:t,solarPct:r,cost:s,saved:o}){let{say:a,language:i,priceUnit:l}=this,[p,c]=l===""?[null,null]:[s,o],m=r===null?"":`${b(r,0,i)} % ${a("sun")}`,h=[c===null?"":a("saved_so_much",U(c,l,i)),`${b(t,0,i)} kWh`,m];return d`${p===null?u:d`<b>${U(p,l,i)}</b>`}
      ${h.filter(Boolean).map(y=>d`<small class="dim">${y}</small> `)}`}choice(t){return d`<button aria-pressed=${t===this.by?"true":"false"} @click=${()=>this.turn(t)}>${this.say(`by_${t}`)}</button>`}turn(t){this.by=t,this.ask(t)}whose(t){let r=Qt(t);return r.length<2?u:d`<select
      aria-label=${this.say("whose")}
      @change=${s=>{this.who=s.target.value}}
    >
      <option value="">${this.say("everybody")}</option>
      ${r.map(s=>d`<option value=${s} ?selected=${s===this.who}>${this.called(s)}</option>`)}
    </select>`}table(t){let{say:r,priceUnit:s}=this,[o=""]=s.split("/"),a=s!==""&&t.some(({sum:i})=>i.cost!==null);return d`<table>
      <thead>
        <tr>
          <td></td>
          <th scope="col">kWh</th>
          <th scope="col">${r("sun")} %</th>
          ${a?d`<th scope="col">${r("cost")} ${o}</th><th scope="col">${r("saved")} ${o}</th>`:u}
        </tr>
      </thead>
      ${t.map(({period:i,sum:l,parts:p})=>d`<tbody>
          ${this.line(Ur(i,r.locale),l,a,"sum")}
          ${this.who!==""?u:[...p].map(([c,m])=>this.line(this.called(c),m,a,"dim"))}
        </tbody>`)}
    </table>`}line(t,{kwh:r,solarPct:s,cost:o,saved:a},i,l){let p=(c,m)=>d`<td class="number">${b(c,m,this.language)}</td>`;return d`<tr class=${l}>
      <th scope="row">${t}</th>
      ${p(r,1)} ${p(s,0)} ${i?d`${p(o,2)} ${p(a,2)}`:u}
    </tr>`}called(t){return this.loads.find(r=>r.name===t)?.title??(t==="guest"?he(this.say,t):Oe(t))}};k("fusebox-card-sessions",Zt);var en=class extends w{constructor(){super();this.toggle=t=>{this.open=t.target.open};this.open=!1}static{this.properties={groups:{attribute:!1},asks:{attribute:!1},say:{attribute:!1},language:{},open:{state:!0}}}static{this.styles=[S,v`
      summary {
        display: grid;
        place-items: center;
        width: 40px;
        height: 40px;
        margin-inline-start: auto;
        color: var(--fb-dim);
        cursor: pointer;
        list-style: none;
      }
      summary::-webkit-details-marker {
        display: none;
      }
      .row {
        display: grid;
        grid-template-columns: minmax(0, 1fr) minmax(0, 1.2fr) 68px;
        gap: 8px;
        align-items: center;
        min-height: 40px;
        font-size: 13px;
      }
      .row select {
        grid-column: 2 / -1;
        min-height: 36px;
        font: inherit;
        color: inherit;
        background: var(--fb-card);
        border: 1px solid var(--fb-line);
        border-radius: 10px;
      }
      input[type="checkbox"] {
        grid-column: 3;
        justify-self: end;
        width: 20px;
        height: 20px;
      }
      input {
        accent-color: var(--fb-accent);
      }
      .said {
        font-size: 13px;
      }
    `]}render(){return d`<details @toggle=${this.toggle}>
      <summary aria-label=${this.say("settings")} title=${this.say("settings")}><ha-icon icon="mdi:cog-outline"></ha-icon></summary>
      ${this.open?this.groups.map(({title:t,settings:r})=>d`${t===""?u:d`<h3>${t}</h3>`} ${r.map(s=>this.row(s))}`):u}
    </details>`}row(t){let r=Je(t),s=this.asks.get(r);return d`<label class="row" ?data-pending=${H(this.asks,r)}>
        <span class="dim">${this.say(t.label)}</span>
        ${this.control(t,r)}
      </label>
      ${s===void 0?u:d`<p class="said" role="status">${this.answer(s)}</p>`}`}control(t,r){let{span:s,options:o,value:a}=t;if(s!==null){let l=R(this.asks,r,typeof a=="number"?Math.min(a,s.max):s.max),p=m=>`${b(m,m%1===0?0:1,this.language)} ${s.unit}`,c=m=>{let h=m.target;h.nextElementSibling!==null&&(h.nextElementSibling.textContent=p(Number(h.value)))};return d`<input
          type="range"
          min=${s.min}
          max=${s.max}
          step=${s.step}
          .value=${J(String(l))}
          aria-valuetext=${p(l)}
          @input=${c}
          @change=${m=>this.set(t,Number(m.target.value))}
        />
        <output class="number" .textContent=${J(p(l))}></output>`}if(o.length>0){let l=R(this.asks,r,String(a));return d`<select @change=${p=>this.set(t,p.target.value)}>
        ${o.map(p=>d`<option value=${p} ?selected=${p===l}>${this.word(p)}</option>`)}
      </select>`}let i=R(this.asks,r,a===!0);return d`<input
      type="checkbox"
      .checked=${J(i)}
      @change=${l=>this.set(t,l.target.checked)}
    />`}word(t){let r=`share_${t}`;return this.say(r)}answer(t){return Kt(t,this.say,this.language)}set(t,r){let s={setting:t,value:r};this.dispatchEvent(new CustomEvent("fusebox-set",{detail:s,bubbles:!0,composed:!0}))}};k("fusebox-card-settings",en);var tn=class extends w{static{this.properties={tariff:{attribute:!1},say:{attribute:!1},language:{}}}static{this.styles=[S,v`
      .line {
        display: flex;
        justify-content: space-between;
        gap: 8px;
        align-items: baseline;
      }
      .bar {
        position: relative;
        height: 12px;
        margin: 6px 0;
        border-radius: 6px;
        background: var(--fb-track);
      }
      .bar span {
        position: absolute;
        inset-block: 0;
        left: 0;
        border-radius: 6px;
        background: var(--energy-grid-consumption-color, #488fc2);
        transition: width 0.6s;
      }
      .bar .beyond {
        background: var(--fb-bad);
      }
      .bar .cut {
        border-start-end-radius: 0;
        border-end-end-radius: 0;
      }
      .bar i {
        position: absolute;
        inset-block: -3px;
        width: 3px;
        margin-inline-start: -1.5px;
        border-radius: 2px;
        background: var(--fb-text);
      }
      .bar .month {
        width: 2px;
        background: var(--fb-dim);
      }
      b {
        font-weight: 500;
        font-size: 16px;
      }
      small {
        font-size: 12.5px;
      }
    `]}render(){let{tariff:e,say:t}=this,{projectedKw:r,targetKw:s,monthKw:o}=e,{withinKw:a,beyondKw:i,endKw:l}=br(e),p=c=>`${(100*c/l).toFixed(1)}%`;return d`
      <div class="line">
        <h3>${t("window",e.windowMin)}</h3>
        <span><b>${this.kw(r)}</b> <small class="dim">${t("of_fuse",this.kw(s))}</small></span>
      </div>
      <div class="bar" role="img" aria-label="${this.kw(r)} ${t("of_fuse",this.kw(s))}">
        ${i>0?d`<span class="beyond" style="width: ${p(a+i)}"></span>`:u}
        <span class=${i>0?"cut":""} style="width: ${p(a)}"></span>
        ${o===null||o<=0?u:d`<i class="month" style="left: ${p(o)}"></i>`}
        ${s===null?u:d`<i style="left: ${p(s)}"></i>`}
      </div>
      <div class="line dim">
        <small>${t("window_left",Math.ceil(e.leftS/60))}</small>
        <small>${t("month_peak")} ${this.kw(o)}</small>
      </div>
    `}kw(e){return`${b(e,1,this.language)} kW`}};k("fusebox-card-tariff",tn);var ha={},ls=ge(class extends Q{constructor(){super(...arguments),this.ot=ha}render(n,e){return e()}update(n,[e,t]){if(Array.isArray(e)){if(Array.isArray(this.ot)&&this.ot.length===e.length&&e.every((r,s)=>r===this.ot[s]))return O}else if(this.ot===e)return O;return this.ot=Array.isArray(e)?Array.from(e):e,this.render(e,t)}});var W="total";function nn(n,e){let t=ga(n),r=n.map(a=>e===W?ya(a):ba(a,e)),s=t.map(a=>({...a,spans:r.map(i=>i===null?null:i.spans.get(a.key)??null)})),o=[{key:"grid",colour:"var(--primary-text-color)",values:r.map(a=>a?.grid??null)}];return r.some(a=>a?.sun!=null)&&o.push({key:"sun",colour:Y,values:r.map(a=>a?.sun??null)}),{times:n.map(a=>a.atMs),layers:s.filter(a=>a.spans.some(i=>i!==null&&i[1]-i[0]>0)),lines:o}}function ga(n){let e=new Map(n.flatMap(t=>t.loads).map(t=>[t.entity,t]));return[{key:"house",colour:q,title:""},...[...e.values()].map(({entity:t,colour:r,title:s})=>({key:t,colour:r,title:s})),{key:"battery",colour:X,title:""}]}function ya(n){let e=et(n.site,n.loads),t=Qe(n.site);if(e===null||t===null)return null;let r=new Map,s=0;for(let o of e.to)r.set(o.key,[s,s+o.watts]),s+=o.watts;return{spans:ds(r,n,s),grid:t,sun:n.site.solarW}}function ba(n,e){let t=n.site.gridA[e]??null;if(t===null)return null;let r=Ht(n.site,n.loads,e),s=Math.max(r??0,0),o=Nt(t,Me(e,n.loads),r),a=new Map(o.map(i=>[i.key,[i.fromA+s,i.toA+s]]));return{spans:ds(a,n,(o.at(-1)?.toA??0)+s),grid:t,sun:r===null?null:s}}function ds(n,e,t){let r=new Map,s=n.values().next().value?.[0]??Math.min(t,0);for(let o of["house",...e.loads.map(a=>a.entity),"battery"]){let a=n.get(o)??[s,s];r.set(o,a),s=a[1]}return r}function ps(n,e){let t=[...n.layers.flatMap(m=>m.spans.flatMap(h=>h===null?[]:[...h])),...n.lines.flatMap(m=>m.values.filter(h=>h!==null))],r=Math.max(0,...t),s=e.filter(m=>m<=Math.max(r,1)*3),o=Math.max(r,...s.map(m=>m*1.05))||1,a=Math.min(0,...t),i=xa((o-a)/5),l=Math.floor(a/i+1e-9),p=Math.ceil(o/i-1e-9),c=Array.from({length:p-l+1},(m,h)=>(l+h)*i);return{low:l*i,high:p*i,ticks:c}}function cs(n,{high:e}){return n.filter(t=>t<=e)}function xa(n){let e=10**Math.floor(Math.log10(n)),t=n/e;return e*(t<=1?1:t<=2?2:t<=5?5:10)}var us=72;function rn(n,e){let t=e*36e5/us,r=Math.floor(n/t)*t;return Array.from({length:us},(s,o)=>r-o*t)}async function pt(n,e,t){let r=await n.callWS({type:"history/history_during_period",start_time:new Date(e).toISOString(),end_time:new Date(e+1).toISOString(),entity_ids:[M,...t],significant_changes_only:!1});return va(r,e,t)}function va(n,e,t){let r={};for(let[s,o]of Object.entries(n)){let a=o[0];a!==void 0&&(r[s]={entity_id:s,state:a.s,attributes:a.a??{},last_changed:""})}return r[M]===void 0?null:sn(r,e,t)}function sn(n,e,t){let r=Xe(n),s=t.flatMap((o,a)=>{let i=n[o];return i===void 0?[]:[Ye(i,r,a,n)]});return{atMs:e,site:r,loads:s}}var on=3,wa=2e3,ms=new Map,$a=new Set(["limited","shed","blind","recovered","escalated"]);async function fs(n,e){try{let t=await n.callWS({type:"logbook/get_events",start_time:new Date(e).toISOString(),entity_ids:[M]});return await Promise.all(_a(t).map((r,s)=>s<on?ka(n,r):r))}catch{return[]}}function _a(n){return n.flatMap(({when:t,name:r="",message:s=""})=>{let[o=""]=s.split(":",1);if(t===void 0||!$a.has(o))return[];let a=r.replace(/^Fusebox ?/,"");return[{atMs:t*1e3,kind:o,load:a==="site"?"":a,reason:{...I,sentence:s.slice(o.length+1).trim()}}]}).sort((t,r)=>r.atMs-t.atMs)}async function ka(n,e){let t=e.load===""?M:`sensor.fusebox_${e.load}`,r=`${t} ${e.atMs}`,s=ms.get(r);if(s===void 0){let o=await pt(n,e.atMs+wa,e.load===""?[]:[t]);s=(e.load===""?o?.site.reason:o?.loads[0]?.reason)??I,ms.set(r,s)}return{...e,reason:Sa(e,s)}}function Sa({load:n,reason:e},t){let r=[`loads.${n}: `,`${n}: `].find(a=>e.sentence.startsWith(a))??"",s=e.sentence.slice(r.length);return(t.sentence===s||t.sentence.startsWith(`${s}; `))&&s!==""?{...t,sentence:s}:{...I,sentence:s}}var hs=v`
  .top {
    display: flex;
    align-items: center;
    justify-content: space-between;
    gap: 12px;
  }
  .choices {
    flex: 0 1 240px;
  }
  .choices button {
    min-height: 32px;
  }
  .readout {
    display: flex;
    flex-wrap: wrap;
    align-content: flex-start;
    gap: 0 12px;
    min-height: 2.8em;
    margin: 8px 0 12px;
    font-size: 13px;
  }
  .readout b {
    font-weight: 500;
  }
  .readout i {
    display: inline-block;
    width: 9px;
    height: 9px;
    margin-inline-end: 4px;
    border-radius: 2px;
  }
  .readout .drawn {
    height: 0;
    border-top: 2px solid;
    border-radius: 0;
    vertical-align: middle;
  }
  /* Left of the picture is the place of its numbers: nothing is written over what it shows. */
  .picture,
  .times,
  .lane,
  .prices {
    margin-inline-start: 38px;
  }
  .picture {
    position: relative;
    height: 190px;
    touch-action: pan-y;
  }
  svg {
    display: block;
    width: 100%;
    height: 100%;
    overflow: visible;
  }
  svg * {
    vector-effect: non-scaling-stroke;
  }
  .layer {
    opacity: 0.85;
  }
  .tick {
    stroke: var(--fb-line);
    stroke-width: 1;
  }
  .limit {
    stroke: var(--fb-bad);
    stroke-width: 1.5;
    stroke-dasharray: 6 4;
  }
  .grid,
  .sun {
    fill: none;
    stroke-width: 1.8;
    stroke-linejoin: round;
  }
  .cursor {
    stroke: var(--fb-dim);
    stroke-width: 1;
  }
  .y {
    position: absolute;
    inset-inline-start: -38px;
    width: 34px;
    text-align: end;
    white-space: nowrap;
    font-size: 11px;
    line-height: 14px;
    transform: translateY(-50%);
    color: var(--fb-dim);
    pointer-events: none;
  }
  .caption {
    margin-top: 6px;
    font-size: 12.5px;
  }
  @container (min-width: 1250px) {
    .picture {
      height: 260px;
    }
  }
  .mark {
    position: absolute;
    top: -2px;
    width: 0;
    margin-inline-start: -5px;
    border: 5px solid transparent;
    border-top-color: var(--fb-warn);
  }
  .mark.blind,
  .mark.escalated {
    border-top-color: var(--fb-bad);
  }
  .mark.recovered {
    border-top-color: var(--fb-good);
  }
  .times {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
    overflow: hidden;
  }
  .times span {
    position: absolute;
    transform: translateX(-50%);
  }
  .lane {
    position: relative;
    height: 12px;
    margin-top: 2px;
    background: var(--fb-track);
    border-radius: 4px;
  }
  .lane span {
    position: absolute;
    inset-block: 0;
    border-radius: 4px;
    background: var(--c);
  }
  .prices {
    position: relative;
    height: 40px;
    margin-top: 2px;
  }
  .prices span {
    position: absolute;
    bottom: 0;
    /* Opaque and over the beginning of the next one: no seams between them. */
    padding-inline-end: 0.5px;
    background: color-mix(in srgb, var(--fb-accent) 55%, var(--fb-card));
  }
  .events {
    margin: 8px 0 0;
    padding: 0;
    list-style: none;
    font-size: 13px;
  }
  .events li {
    padding-inline-start: 14px;
    text-indent: -14px;
  }
  .events i {
    display: inline-block;
    width: 8px;
    height: 8px;
    margin-inline-end: 6px;
    border-radius: 50%;
    background: var(--fb-warn);
  }
  .events .blind,
  .events .escalated {
    background: var(--fb-bad);
  }
  .events .recovered {
    background: var(--fb-good);
  }
`;var ln=class extends w{constructor(){super();this.made=null;this.scaled=null;this.view=W,this.at=-1}static{this.properties={shown:{attribute:!1},now:{attribute:!1},say:{attribute:!1},language:{},zone:{},view:{state:!0},at:{state:!0}}}static{this.styles=[S,hs]}render(){let{say:t,view:r}=this,s=[W,...this.shown.phases.length>1?this.shown.phases:[]],o=this.chart(r),a=this.scale(o),i=cs(this.limits(),a),{nowMs:l,hours:p,prices:c,loads:m}=this.shown,h=Gn(l,p,c,m),y={fromMs:l-p*N,toMs:h,scale:a};return d`
      <div class="top">
        <h3>${t("today")}</h3>
        ${s.length>1?d`<div class="choices">
              ${s.map($=>d`<button aria-pressed=${$===r?"true":"false"} @click=${()=>this.turn($)}>
                  ${$===W?t("total"):$}
                </button>`)}
            </div>`:u}
      </div>
      ${this.readout(o,i)}
      ${ls([this.shown,r,this.at,t],()=>d`${this.picture(o,y,i)} ${Yr({...this.shown,say:t,language:this.language,zone:this.zone},y)} ${this.happenings()}`)}
    `}chart(t){return(this.made?.of!==this.shown||this.made.view!==t)&&(this.made={of:this.shown,view:t,chart:nn(this.shown.looks,t)}),this.made.chart}scale(t){let[r]=this.limits();return(this.scaled?.of!==t||this.scaled.limit!==r)&&(this.scaled={of:t,limit:r,scale:ps(t,this.limits())}),this.scaled.scale}turn(t){this.view=t,this.at=-1}limits(){let t=this.view===W?this.shown.targetW:this.shown.fuseA;return t===null?[]:[t]}unit(t){return this.view===W?P(t,this.language):G(t,this.language)}readout(t,r){let s=this.at<0?nn([this.now],this.view):t,o=this.at<0?0:Math.min(this.at,s.times.length-1),a=s.times[o];if(a===void 0)return d`<p class="readout dim">${this.say("no_history")}</p>`;let i=this.at<0?this.say("now"):z(a,this.language,this.zone),[l,p]=["grid","sun"].map(h=>s.lines.find(y=>y.key===h)),c=this.view===W?p?.values[o]??null:null,m=s.layers.flatMap(h=>{let y=h.spans[o],$=y==null?0:y[1]-y[0];return $>0?[{layer:h,height:$}]:[]});return d`<p class="readout">
      <span>${i}</span><b>${an(l?.colour)}${this.say("grid")} ${this.unit(l?.values[o]??null)}</b>
      ${c===null?u:d`<span>${an(p?.colour)}${this.say("sun")} ${this.unit(c)}</span>`}
      ${r.map(h=>d`<span>${an("var(--fb-bad)")}${this.say(this.view===W?"target":"fuse")} ${this.unit(h)}</span>`)}
      ${m.map(({layer:h,height:y})=>d`<span><i style="background: ${h.colour}"></i>${h.title||this.say(h.key==="house"?"house":"battery")} ${this.unit(y)}</span>`)}
    </p>`}picture(t,r,s){let o=this.at<0?this.shown.nowMs:t.times[this.at]??this.shown.nowMs,{low:a,high:i}=r.scale,l=p=>100*(1-(p-a)/(i-a));return d`
      <div
        class="picture"
        role="slider"
        tabindex="0"
        aria-label="${this.say("today")}, ${this.view===W?this.say("total"):this.view}"
        aria-valuemin="0"
        aria-valuemax=${Math.max(t.times.length-1,0)}
        aria-valuenow=${this.at<0?Math.max(t.times.length-1,0):this.at}
        aria-valuetext=${z(o,this.language,this.zone)}
        @pointermove=${p=>this.point(p,t,r)}
        @pointerdown=${p=>this.point(p,t,r)}
        @pointerleave=${()=>{this.at=-1}}
        @keydown=${p=>this.key(p,t)}
      >
        <svg viewBox="0 0 ${pe} ${it}" preserveAspectRatio="none" aria-hidden="true">
          ${Gr(t,r,s)}
          ${V`<line class="cursor" x1=${D(r,o)} x2=${D(r,o)} y1="0" y2=${it} />`}
        </svg>
        ${r.scale.ticks.map(p=>d`<span class="y" style="top: ${l(p)}%">${this.tick(p)}${p===i?` ${this.view===W?"kW":"A"}`:""}</span>`)}
        ${this.shown.events.filter(p=>p.atMs>=r.fromMs).map(p=>d`<span class="mark ${p.kind}" style="left: ${D(r,p.atMs)/10}%" title=${A(p.reason,this.say,this.language)}></span>`)}
      </div>
      <div class="times" aria-hidden="true">${Aa(r).map(p=>d`<span style="left: ${D(r,p)/10}%">${z(p,this.language,this.zone)}</span>`)}</div>
    `}tick(t){let r=this.view===W?t/1e3:t;return b(r,Number.isInteger(r)?0:1,this.language)}point(t,r,s){let o=t.currentTarget.getBoundingClientRect(),a=s.fromMs+(t.clientX-o.left)/o.width*(s.toMs-s.fromMs),i=0;r.times.forEach((l,p)=>{Math.abs(l-a)<Math.abs((r.times[i]??0)-a)&&(i=p)}),this.at=i}key(t,r){let s={ArrowLeft:-1,ArrowRight:1}[t.key];if(s===void 0)return;t.preventDefault();let o=r.times.length-1,a=(this.at<0?o:this.at)+s;this.at=a>=o?-1:Math.max(a,0)}happenings(){return this.shown.events.length===0?u:d`<ul class="events">
      ${this.shown.events.slice(0,on).map(t=>{let r=t.load===""?"":`${t.load.replaceAll("_"," ")} `,s=A(t.reason,this.say,this.language);return d`<li class="dim">
          <i class=${t.kind}></i>${z(t.atMs,this.language,this.zone)} ${r}${T(this.say,"event",t.kind)}:
          ${s}
        </li>`})}
    </ul>`}};function an(n=""){return d`<i class="drawn" style="color: ${n}"></i>`}function Aa(n){let e=Math.max(1,Math.ceil((n.toMs-n.fromMs)/N/6)),t=Math.ceil(n.fromMs/N)*N,r=[];for(let s=t;s<=n.toMs;s+=e*N)r.push(s);return r.filter(s=>D(n,s)>.04*pe&&D(n,s)<.94*pe)}k("fusebox-card-today",ln);var gs=v`
  .row {
    display: grid;
    grid-template-columns: 24px minmax(0, 1fr) 66px;
    gap: 10px;
    align-items: center;
    height: 40px;
  }
  .sub .row {
    height: 28px;
  }
  .phase {
    font-weight: 500;
  }
  .bar {
    position: relative;
    height: 22px;
  }
  .sub .bar {
    height: 12px;
  }
  .track,
  .bar span {
    position: absolute;
    inset-block: 0;
    transition:
      left 0.6s,
      width 0.6s;
  }
  .track {
    background: var(--fb-track);
    border-radius: 5px;
  }
  .segment {
    background: var(--c);
    box-shadow: inset -1px 0 var(--fb-card);
  }
  .bar .free,
  .bar .house {
    box-sizing: border-box;
    display: flex;
    flex-wrap: wrap;
    justify-content: flex-end;
    padding-inline: 6px;
    overflow: hidden;
    font-size: 12px;
    line-height: 22px;
    white-space: nowrap;
  }
  .bar .free {
    color: color-mix(in srgb, var(--fb-dim) 60%, var(--fb-text));
    transition: none;
  }
  .bar .house {
    justify-content: flex-start;
    padding-inline: 0;
    color: #111;
  }
  /* Where the words do not fit beside this, they wrap to where they are not seen. */
  .main .house::before,
  .bar .free::before {
    content: "";
    height: 22px;
    width: 4px;
  }
  .bar .own {
    inset-block: auto -4px;
    height: 3px;
    border-radius: 2px;
    background: var(--c);
  }
  .bar .export {
    background: var(--c), var(--fb-card);
  }
  .bar .fuse {
    width: 3px;
    margin-inline-start: -1.5px;
    inset-block: -4px;
    border-radius: 2px;
    background: var(--fb-text);
  }
  .bar .zero {
    width: 1px;
    inset-block: -3px;
    background: var(--fb-dim);
  }
  .bar .beyond {
    background: repeating-linear-gradient(-45deg, var(--fb-bad) 0 4px, transparent 4px 7px);
  }
  .over .fuse {
    background: var(--fb-bad);
  }
  .over .number b {
    color: var(--fb-bad);
  }
  .row.silent {
    height: 40px;
    color: var(--fb-dim);
    filter: grayscale(1);
    --mdc-icon-size: 13px;
  }
  .number b {
    font-size: 16px;
    font-weight: 500;
  }
  .number small {
    display: block;
    font-size: 12px;
    line-height: 1.2;
    color: var(--fb-dim);
  }
  .sub .number b {
    font-size: 14px;
  }
  h3 {
    margin-top: 6px;
    font-size: 13px;
  }
  .axis {
    position: relative;
    height: 16px;
    font-size: 11.5px;
    color: var(--fb-dim);
  }
  .axis span {
    position: absolute;
    transform: translateX(-50%);
    white-space: nowrap;
    --mdc-icon-size: 14px;
  }
  .scale {
    height: 16px;
  }
`;var dn={sun:{icon:"mdi:white-balance-sunny",colour:Y},battery:{icon:"mdi:battery-medium",colour:me}},pn=class extends w{static{this.properties={wires:{attribute:!1},axis:{attribute:!1},say:{attribute:!1},language:{},voltage:{type:Number},own:{}}}static{this.styles=[S,gs]}constructor(){super(),ot(this,e=>this.called(e))}render(){return d`${this.wires.map(e=>this.wire(e))}`}wire(e){let t=e.name==="main",r=`${b(e.fuseA,e.fuseA%1===0?0:1,this.language)} A`;return d`<section class=${t?"main":"sub"}>
      ${t?u:d`<h3>${e.name.replaceAll("_"," ")} <span class="dim">${r}</span></h3>`}
      ${e.bars.map(s=>this.bar(s,t))}
      ${t?this.scale(e.fuseA,r):u}
    </section>`}bar(e,t){return d`<div class="row ${e.over?"over":""} ${e.silentMin===null?"":"silent"}">
      <span class="phase">${e.phase}</span>
      <div class="bar" role="img" aria-label=${this.told(e)}>
        <div class="track" ${this.place(Math.max(this.axis.leftA,-e.fuseA),e.fuseA)}></div>
        ${t?this.free(e):u}
        ${e.segments.map(r=>d`<span
            class="segment ${r.key}"
            .piece=${r}
            ${this.place(r.fromA,r.toA,r.colour)}
            >${t&&r.key==="house"?`${b(r.toA-r.fromA,0,this.language)} A `:u}</span
          >`)}
        ${this.made(e)} ${e.beyondA===null?u:d`<span class="beyond" ${this.place(...e.beyondA)}></span>`}
        ${this.axis.leftA<0?d`<span class="zero" ${de({left:`${this.percent(0)}%`})}></span>`:u}
        ${this.axis.leftA<=-e.fuseA?d`<span class="fuse" ${de({left:`${this.percent(-e.fuseA)}%`})}></span>`:u}
        <span class="fuse" ${de({left:`${this.percent(e.fuseA)}%`})}></span>
      </div>
      <span class="number">
        <b>${G(e.flowA,this.language)}</b>
        ${e.silentMin===null?u:d`<small><ha-icon icon="mdi:clock-alert-outline"></ha-icon> ${e.silentMin} min</small>`}
        ${t&&e.silentMin===null?d`<small>${P(e.flowA===null?null:e.flowA*this.voltage,this.language)}</small>`:u}
      </span>
    </div>`}free({flowA:e,freeA:t,fuseA:r,over:s}){if(e===null||t===null||s)return u;let o=`${b(t,0,this.language)} A ${this.say("free")}`;return d`<span class="free" ${this.place(Math.max(e,0),r)}>${o}</span>`}made({ownA:e,exportA:t}){if(e<Ee)return u;let{colour:r}=dn[this.own],s={key:"export",title:this.say("export"),colour:se,fromA:-t,toA:0};return d`
      ${t<Ee?u:d`<span class="export" .piece=${s} ${this.place(-t,0,qe(se))}></span>`}
      <span class="own" ${this.place(-e,0,r)}></span>
    `}scale(e,t){return d`<div class="row scale" aria-hidden="true">
      <span></span>
      <div class="axis">
        ${this.axis.leftA<0?d`<span style="left: ${this.percent(this.axis.leftA/2)}%; color: ${dn[this.own].colour}"><ha-icon icon=${dn[this.own].icon}></ha-icon></span>
              <span style="left: ${this.percent(0)}%">0</span>`:u}
        <span style="left: ${this.percent(e)}%">${t}</span>
      </div>
    </div>`}percent(e){let{leftA:t,rightA:r}=this.axis;return Math.round(1e3*(Math.min(Math.max(e,t),r)-t)/(r-t))/10}place(e,t,r=""){let s=this.percent(e),o=(this.percent(t)-s).toFixed(1);return de({left:`${s}%`,width:`${o}%`,"--c":r})}called({key:e,title:t,fromA:r,toA:s}){return`${t||this.say(e==="battery"?"battery":"house")} ${G(s-r,this.language)}`}told(e){let{say:t,language:r}=this,s=e.segments.map(l=>this.called(l)),o=e.exportA<Ee?"":`${t("export")} ${G(e.exportA,r)}`,a=e.freeA===null?"":`${G(Math.abs(e.freeA),r)} ${t(e.freeA<0?"over":"free")}`,i=e.silentMin===null?"":t("old",e.silentMin);return[`${e.phase} ${G(e.flowA,r)} ${t("of_fuse",G(e.fuseA,r))}`,...s,o,a,i].filter(l=>l!=="").join(", ")}};k("fusebox-card-wire",pn);var Ce=new Map,cn=4,Oa=1e3;function ys(n,e,t){return rn(e,t).map(r=>Ce.get(un(n,r))).filter(r=>r!=null).reverse()}async function bs(n,e,t,r,s){let o=rn(t,r).filter(a=>!Ce.has(un(e,a)));Ce.size>Oa&&Ce.clear();for(let a=0;a<o.length;a+=cn){let i=o.slice(a,a+cn);try{let l=await Promise.all(i.map(p=>pt(n,p,e)));i.forEach((p,c)=>Ce.set(un(e,p),l[c]??null))}catch{return!1}a%(cn*6)===0&&s()}return o.length>0&&s(),!0}function un(n,e){return`${n.join(" ")} ${e}`}var Ra=1e4,Ea=6e4,ct=class{constructor(e){this.host=e;this.past=[];this.events=[];this.last=null;this.asked={atMs:0,hours:0,loads:""};this.asking=!1}shown(e,t,r){let s=Date.now();if(this.ask(e,t,r,s),this.last===null||this.last.hours!==r||s-this.last.nowMs>Ra){let{site:o,loads:a,tariff:i}=e;this.last={looks:[...this.past,sn(t.states,s,o.loads)],loads:a,events:this.events,prices:kt(t.states),priceUnit:e.priceUnit,phases:o.phases,targetW:i?.targetKw==null?null:i.targetKw*1e3,fuseA:o.fuseA,hours:r,nowMs:s}}return this.last}async ask({site:e},t,r,s){let o=e.loads.join(" "),a=s-this.asked.atMs<Ea&&this.asked.hours===r&&this.asked.loads===o;if(this.asking||a)return;this.asking=!0,this.asked={atMs:s,hours:r,loads:o};let i=()=>{this.past=ys(e.loads,s,r),this.last=null,this.host.requestUpdate()};this.events=await fs(t,s-r*36e5),await bs(t,e.loads,s,r,i),this.asking=!1,i()}};var mn=new Map;function fn(n,e=f,t=r=>import(r)){let r=It(n);if(Er(r)||!e.includes(r))return null;let s=mn.get(r);if(s!==void 0)return s;let o=t(Ma(r,import.meta.url)).then(a=>Mr(r,a.default)).catch(a=>console.warn(`Fusebox card: no words for ${r}, so it stays English.`,a)).finally(()=>mn.delete(r));return mn.set(r,o),o}function Ma(n,e,t="1.0.0"){let r=new URL(`fusebox-card.${n}.js`,e);return r.search=new URL(e).search||`?v=${t}`,r.href}var Ta=3,Pa=6,hn=class extends w{constructor(){super();this.seen={link:"whole",startingMs:0};this.lostMs=null;this.spoken="";this.axis=null;this.asking=new Ze(this);this.source=new ct(this);this.house=null,this.age=null}static{this.properties={config:{state:!0},house:{state:!0},link:{state:!0},age:{state:!0}}}static{this.styles=[S,Rr]}setConfig(t){let{hours:r}=t;if(r!==void 0&&!(r>=1&&r<=48))throw new Error(`hours: ${r} is not from 1 to 48`);this.config=t}set hass(t){this.current=t,this.learn(t.language),this.house=$r(t.states,this.house),this.lookAtLink(),this.asking.settle()}static getConfigForm(){return Pr(ut())}static getStubConfig(){return{}}getCardSize(){return 12}getGridOptions(){return{columns:"full",min_columns:6}}connectedCallback(){super.connectedCallback(),this.timer=setInterval(()=>{this.asking.settle(),this.lookAtLink()},1e3)}disconnectedCallback(){super.disconnectedCallback(),clearInterval(this.timer),this.spoken=""}render(){let{house:t,current:r}=this;if(t===null||r===void 0)return u;let{site:s,loads:o}=t,a=ie(r.language),i=Tt(r),l=Sr(s,o);return this.axis=Or(l,this.axis),d`<ha-card>
      <div class="parts ${this.link} ${this.age===null?"":`old-${this.age.of}`}">
        <section class="wire">
          <fusebox-card-head .site=${s} .say=${a} .language=${i} .heading=${this.config.title??""} .link=${this.link} .age=${this.age}></fusebox-card-head>
          ${s.phases.length===0?u:d`<fusebox-card-flow .site=${s} .flow=${et(s,o)} .say=${a} .language=${i}></fusebox-card-flow>
                <fusebox-card-wire
                  .wires=${l}
                  .axis=${this.axis}
                  .say=${a}
                  .language=${i}
                  .voltage=${s.voltageV}
                  .own=${lr(s)}
                ></fusebox-card-wire>`}
          ${t.tariff===null?u:d`<fusebox-card-tariff .tariff=${t.tariff} .say=${a} .language=${i}></fusebox-card-tariff>`}
          ${s.state==="missing"?u:d`<fusebox-card-sessions
                .loads=${o}
                .priceUnit=${t.priceUnit}
                .say=${a}
                .language=${i}
                .zone=${r.config?.time_zone}
              ></fusebox-card-sessions>`}
        </section>
        ${s.state==="missing"?u:d`<section class="loads">${this.loads(t,a,i)}</section>`}
        ${this.config.hide_today===!0||s.phases.length===0?u:d`<section class="today">${this.today(t,r,a)}</section>`}
      </div>
      ${s.state==="missing"||s.fuseA===null?u:this.settings(t,r,a,i)}
      ${ar(s,"1.0.0")?d`<footer>${a("versions","1.0.0",s.version)}</footer>`:u}
    </ha-card>`}loads({loads:t,groups:r,priceUnit:s,priceSpan:o},a,i){let l=this.config.controls??"auto",p=l==="always"||l==="auto"&&t.length<=Ta;return d`
      ${t.map(c=>d`<fusebox-card-load
          .load=${c}
          .asks=${this.asking.asks}
          .priceUnit=${s}
          .priceSpan=${o}
          .say=${a}
          .language=${i}
          .zone=${this.current?.config?.time_zone}
          .pinned=${p}
        ></fusebox-card-load>`)}
      ${t.length===0?d`<p class="dim">${a("no_loads")}</p>`:u}
      ${r.map(c=>d`<fusebox-card-radiators .group=${c} .say=${a}></fusebox-card-radiators>`)}
    `}settings({site:t,loads:r},{states:s},o,a){let i=[{title:"",settings:Et(s,t,M)},...r.map(l=>({title:l.title,settings:Et(s,t,l.entity)}))].filter(l=>l.settings.length>0);return d`<fusebox-card-settings .groups=${i} .asks=${this.asking.asks} .say=${o} .language=${a}></fusebox-card-settings>`}today(t,r,s){return d`<fusebox-card-today
      .now=${{atMs:Date.now(),site:t.site,loads:t.loads}}
      .shown=${this.source.shown(t,r,this.config.hours??Pa)}
      .say=${s}
      .language=${Tt(r)}
      .zone=${r.config?.time_zone}
    ></fusebox-card-today>`}learn(t){t!==this.spoken&&(this.spoken=t,fn(t)?.then(()=>this.requestUpdate()))}lookAtLink(){this.current!==void 0&&(this.seen=mr(this.current,this.seen,Date.now()),this.link=this.seen.link,this.lostMs=this.link==="unreachable"?this.lostMs??Date.now():null,this.age=gr(this.age,hr(this.current.states[M],this.link,this.lostMs,Date.now())))}};function ut(){return document.documentElement.lang||"en"}k("fusebox-card",hn);Cr();var La=window.customCards??=[];fn(ut());La.push({type:"fusebox-card",preview:!0,get name(){return ie(ut())("name")},get description(){return ie(ut())("description")}});export{hn as FuseboxCard};
